/// The tables of a store in PostgreSQL, in a schema of their own.
struct PostgreSQLSchema {
  let address: PostgreSQLAddress
  let migrator: Migrator

  /// The number of the lock under which tables are made and changed: "Hone" in ASCII.
  private static let lockNumber = 0x486F_6E65

  /// Makes the tables or brings them up to date; a store of an older version stays as it was in a
  /// schema named after its last change.
  /// - Throws: `StoreError`, `PostgreSQLError`.
  func prepare(_ connection: PostgreSQLConnection, createsIfMissing: Bool) throws {
    let session = PostgreSQLSession(connection: connection, isRepeated: false)
    let last = try migrator.last(session, store: address.name)
    if last == nil, !createsIfMissing { throw StoreError.missing(path: address.name) }
    guard try !migrator.isCurrent(session) else { return }
    try session.execute("BEGIN")
    // Held to the end of the transaction, so that two processes do not make the tables at once.
    _ = try session.rows("SELECT pg_advisory_xact_lock(\(PostgreSQLSchema.lockNumber)) IS NULL")
    try session.execute("CREATE SCHEMA IF NOT EXISTS \(address.schema)")
    if let last = try migrator.last(session, store: address.name),
      try !migrator.isCurrent(session)
    {
      try keepCopy(session, named: last)
    }
    try migrator.migrate(session)
    try session.execute("COMMIT")
  }

  private func keepCopy(_ session: any SQLSession, named last: String) throws {
    let copy = "\(address.schema)_\(last.replacing("-", with: "_"))"
    let exists = try session.row(
      "SELECT COUNT(*) FROM pg_namespace WHERE nspname = ?", [.text(copy)])?.integer(0)
    guard exists == 0 else { return }
    try session.execute("CREATE SCHEMA \(copy)")
    let tables = try session.rows(
      "SELECT tablename FROM pg_tables WHERE schemaname = ?", [.text(address.schema)])
    for table in try tables.map({ try $0.text(0) }) {
      try session.execute("CREATE TABLE \(copy).\(table) AS TABLE \(address.schema).\(table)")
    }
  }
}
