/// Runs in a PostgreSQL database, for several machines at once.
///
/// The tables lie in a schema of their own, `hone` unless the address says `?schema=other`. The server
/// may restart while a program runs: calls wait for it, make a new connection and lose nothing. Every
/// error is a `StoreError`.
public final class PostgreSQLStore: DatabaseStore {
  /// The connection.
  public let database: StoreDatabase

  /// Opens the store of an address, making its tables if need be.
  ///
  /// Tables of an older version are brought up to date, and a copy of them as they were stays in a
  /// schema named after their last change.
  /// - Parameters:
  ///   - address: `postgresql://user:password@host:5432/database`, in any form that libpq takes.
  ///   - createsIfMissing: whether to make the tables where there are none.
  ///   - waitSeconds: how long calls wait for other processes before they give up.
  ///   - outageSeconds: how long calls wait for a server that was there and went away.
  /// - Throws: `StoreError`.
  public convenience init(
    address: String, createsIfMissing: Bool = true, waitSeconds: Double = 10,
    outageSeconds: Double = 300
  ) throws(StoreError) {
    try self.init(
      address: address, createsIfMissing: createsIfMissing, waitSeconds: waitSeconds,
      outageSeconds: outageSeconds, migrations: Schema.migrations)
  }

  init(
    address: String, createsIfMissing: Bool = true, waitSeconds: Double = 10,
    outageSeconds: Double = 300, migrations: [Migration], libraries: [String] = LibPQ.names
  ) throws(StoreError) {
    database = StoreDatabase(
      try PostgreSQLDriver(
        try PostgreSQLAddress(address), try LibPQ(names: libraries),
        migrator: Migrator(migrations: migrations), waitSeconds: waitSeconds,
        outageSeconds: outageSeconds, createsIfMissing: createsIfMissing))
  }

  /// A store's name as it may be shown and recorded: an address without its password, a path as it is.
  public static func displayName(of store: String) -> String {
    guard isAddress(store) else { return store }
    return (try? PostgreSQLAddress(store))?.name ?? "postgresql://…"
  }

  /// Whether a store's name is an address of PostgreSQL and not a file.
  public static func isAddress(_ text: String) -> Bool { PostgreSQLAddress.isAddress(text) }
}
