public import HoneRecords

/// A database as stores use it: transactions that are made again where another process or a lost
/// connection was in the way.
package protocol DatabaseDriver: Sendable {
  /// The file, or the address without its password, for messages.
  var name: String { get }
  /// The database's dialect.
  var dialect: SQLDialect { get }
  /// One consistent look.
  func read<Result: Sendable>(
    _ body: (any SQLSession) throws -> Result
  ) throws(StoreError) -> Result
  /// One transaction, all or nothing.
  func write<Result: Sendable>(
    _ body: (any SQLSession) throws -> Result
  ) throws(StoreError) -> Result
  /// One statement, which is a transaction by itself.
  func single<Result: Sendable>(
    _ body: (any SQLSession) throws -> Result
  ) throws(StoreError) -> Result
}

/// The connection of a store, which the tables of runs and of studies share.
///
/// A body of `read` or `write` holds the database for as long as it runs: it makes statements and
/// nothing else, and calls no other method of the same store. PostgreSQL may lose its connection and
/// come back: `write` then makes its body again, so a body's statements must do no harm when they are
/// made twice (`ON CONFLICT`, or a look at `isRepeated`).
public final class StoreDatabase: Sendable {
  private let driver: any DatabaseDriver

  init(_ driver: any DatabaseDriver) { self.driver = driver }

  /// The file, or the address without its password.
  public var name: String { driver.name }

  /// The database's dialect.
  package var dialect: SQLDialect { driver.dialect }

  /// One consistent look.
  /// - Throws: `StoreError`.
  package func read<Result: Sendable>(
    _ body: (any SQLSession) throws -> Result
  ) throws(StoreError) -> Result {
    try driver.read(body)
  }

  /// One transaction, all or nothing.
  /// - Throws: `StoreError`; the store is as before.
  @discardableResult
  package func write<Result: Sendable>(
    _ body: (any SQLSession) throws -> Result
  ) throws(StoreError) -> Result {
    try driver.write(body)
  }

  /// One statement, which is a transaction by itself and costs less than with one around it; the body
  /// makes no second one.
  /// - Throws: `StoreError`; the store is as before.
  package func single<Result: Sendable>(
    _ body: (any SQLSession) throws -> Result
  ) throws(StoreError) -> Result {
    try driver.single(body)
  }
}

/// A store in a database: everything that is asked of a `RunStore`, in SQL that SQLite and PostgreSQL
/// share.
public protocol DatabaseStore: RunStore {
  /// The connection.
  var database: StoreDatabase { get }
}
