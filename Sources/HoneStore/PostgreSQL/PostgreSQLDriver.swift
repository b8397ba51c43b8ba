import Foundation

/// A store's connection to PostgreSQL, made again when it is lost.
///
/// `@unchecked Sendable` because libpq's handle belongs to one thread at a time: `lock` is held for as
/// long as a transaction uses the connection, and nothing else touches it.
final class PostgreSQLDriver: DatabaseDriver, @unchecked Sendable {
  let name: String
  var dialect: SQLDialect { .postgresql }

  private let address: PostgreSQLAddress
  private let library: LibPQ
  private let migrator: Migrator
  private let waitSeconds: Double
  private let outageSeconds: Double
  private let lock = NSLock()
  private var connection: PostgreSQLConnection?

  /// Connects and brings the tables up to date.
  /// - Throws: `StoreError`.
  init(
    _ address: PostgreSQLAddress, _ library: LibPQ, migrator: Migrator, waitSeconds: Double,
    outageSeconds: Double, createsIfMissing: Bool
  ) throws(StoreError) {
    self.address = address
    self.library = library
    self.migrator = migrator
    self.waitSeconds = waitSeconds
    self.outageSeconds = outageSeconds
    name = address.name
    do {
      let isStarting = { (error: any Error) in (error as? PostgreSQLError)?.isStarting == true }
      connection = try Retry(seconds: waitSeconds)(while: isStarting) { _ in
        let connection = try connect()
        try PostgreSQLSchema(address: address, migrator: migrator).prepare(
          connection, createsIfMissing: createsIfMissing)
        return connection
      }
    } catch {
      throw storeError(error)
    }
  }

  func read<Result: Sendable>(
    _ body: (any SQLSession) throws -> Result
  ) throws(StoreError) -> Result {
    try transact("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", body)
  }

  func write<Result: Sendable>(
    _ body: (any SQLSession) throws -> Result
  ) throws(StoreError) -> Result {
    try transact("BEGIN", body)
  }

  func single<Result: Sendable>(
    _ body: (any SQLSession) throws -> Result
  ) throws(StoreError) -> Result {
    try transact(nil, body)
  }

  /// Makes a transaction, again where another one was in its way, and on a new connection where the
  /// old one was lost.
  /// - Parameter begin: how it begins; nil for one of a single statement, which needs no words around it.
  private func transact<Result: Sendable>(
    _ begin: String?, _ body: (any SQLSession) throws -> Result
  ) throws(StoreError) -> Result {
    lock.lock()
    defer { lock.unlock() }
    let collisionsEnd = ContinuousClock.now + .seconds(waitSeconds)
    let isWorthAnother = { (error: any Error) in
      guard let error = error as? PostgreSQLError else { return false }
      if error.isWorthReconnecting { return true }
      return error.isWorthRepeating && ContinuousClock.now < collisionsEnd
    }
    do {
      return try Retry(seconds: outageSeconds)(while: isWorthAnother) { earlier in
        let connection = try self.connection ?? connect()
        self.connection = connection
        return try attempt(connection, begin, isRepeated: earlier > 0, body)
      }
    } catch {
      throw storeError(error)
    }
  }

  private func attempt<Result>(
    _ connection: PostgreSQLConnection, _ begin: String?, isRepeated: Bool,
    _ body: (any SQLSession) throws -> Result
  ) throws -> Result {
    do {
      if let begin { _ = try connection.run(begin) }
      let result = try body(PostgreSQLSession(connection: connection, isRepeated: isRepeated))
      if begin != nil { _ = try connection.run("COMMIT") }
      return result
    } catch {
      let isLost = (error as? PostgreSQLError)?.isWorthReconnecting == true
      // A connection that cannot even roll back is of no more use.
      let isUsable = !isLost && (begin == nil || (try? connection.run("ROLLBACK")) != nil)
      if !isUsable { self.connection = nil }
      throw error
    }
  }

  private func connect() throws -> PostgreSQLConnection {
    let connection = try PostgreSQLConnection(address, library)
    let milliseconds = Int(max(0.001, waitSeconds) * 1000)
    for setting in [
      "search_path = \(address.schema)", "client_min_messages = warning",
      "lock_timeout = \(milliseconds)", "idle_in_transaction_session_timeout = 60000",
      "timezone = 'UTC'",
    ] {
      _ = try connection.run("SET \(setting)")
    }
    return connection
  }

  private func storeError(_ error: any Error) -> StoreError {
    if let error = error as? PostgreSQLError { return error.storeError(name) }
    return StoreError(error, path: name)
  }
}

/// A transaction of PostgreSQL.
struct PostgreSQLSession: SQLSession {
  let connection: PostgreSQLConnection
  let isRepeated: Bool

  var dialect: SQLDialect { .postgresql }

  func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [SQLRow] {
    try connection.run(sql, arguments).rows
  }

  func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
    try connection.run(sql, arguments).changed
  }
  func load(_ rows: [[SQLValue]], into table: String, _ columns: [SQLColumn]) throws {
    if !rows.isEmpty { try connection.copy(into: table, columns, rows) }
  }
}
