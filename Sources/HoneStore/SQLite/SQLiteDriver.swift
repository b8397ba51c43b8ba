import Foundation
import GRDB

/// A store's file, opened.
struct SQLiteDriver: DatabaseDriver {
  let name: String
  private let queue: DatabaseQueue

  var dialect: SQLDialect { .sqlite }

  init(path: String, queue: DatabaseQueue) {
    name = path
    self.queue = queue
  }

  /// One deferred transaction, so that all reads see the same state.
  ///
  /// GRDB's own `read` also forbids writes for its length, by two statements that SQLite compiles anew each
  /// time; bodies that only read need neither.
  func read<Result: Sendable>(
    _ body: (any SQLSession) throws -> Result
  ) throws(StoreError) -> Result {
    do {
      return try queue.writeWithoutTransaction { database in
        var result: Result?
        try database.inTransaction(.deferred) {
          result = try body(SQLiteSession(database: database))
          return .commit
        }
        guard let result else { fatalError("A transaction ended without having run its body.") }
        return result
      }
    } catch {
      throw StoreError(error, path: name)
    }
  }

  /// One immediate transaction, so that a wait for another writer comes before the first statement.
  func write<Result: Sendable>(
    _ body: (any SQLSession) throws -> Result
  ) throws(StoreError) -> Result {
    do {
      return try queue.write { try body(SQLiteSession(database: $0)) }
    } catch {
      throw StoreError(error, path: name)
    }
  }

  func single<Result: Sendable>(
    _ body: (any SQLSession) throws -> Result
  ) throws(StoreError) -> Result {
    do {
      return try queue.writeWithoutTransaction { try body(SQLiteSession(database: $0)) }
    } catch {
      throw StoreError(error, path: name)
    }
  }
}

/// A transaction of SQLite.
struct SQLiteSession: SQLSession {
  let database: Database

  var dialect: SQLDialect { .sqlite }
  var isRepeated: Bool { false }

  func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [SQLRow] {
    let statement = try database.cachedStatement(sql: sql)
    let values = StatementArguments(arguments.map(\.databaseValue))
    var rows: [SQLRow] = []
    let cursor = try Row.fetchCursor(statement, arguments: values)
    while let row = try cursor.next() {
      rows.append(SQLRow(row.databaseValues.map(SQLValue.init)))
    }
    return rows
  }

  @discardableResult
  func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
    try database.cachedStatement(sql: sql).execute(
      arguments: StatementArguments(arguments.map(\.databaseValue)))
    return database.changesCount
  }
}

extension SQLValue {
  fileprivate init(_ stored: DatabaseValue) {
    switch stored.storage {
    case .null: self = .null
    case .int64(let value): self = .integer(value)
    case .double(let value): self = .real(value)
    case .string(let text): self = .text(text)
    case .blob(let data): self = .blob([UInt8](data))
    }
  }

  fileprivate var databaseValue: DatabaseValue {
    switch self {
    case .null: .null
    case .integer(let value): value.databaseValue
    case .real(let value): value.isNaN ? "nan".databaseValue : value.databaseValue
    case .text(let text): text.databaseValue
    case .blob(let bytes): Data(bytes).databaseValue
    }
  }
}
