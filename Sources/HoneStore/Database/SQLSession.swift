/// A transaction under way, in which statements can be made.
package protocol SQLSession {
  /// The database that answers.
  var dialect: SQLDialect { get }
  /// Whether the transaction is made again after one that may have reached the database: its
  /// connection was lost before the answer came.
  var isRepeated: Bool { get }
  /// Makes a statement and returns the rows of its answer.
  func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [SQLRow]
  /// Makes a statement and returns how many rows it changed.
  @discardableResult
  func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int
  /// Adds many rows to a table, in the way that is fastest for the database; none may be there already.
  /// - Parameters:
  ///   - rows: the values of each row, in the order of the columns.
  ///   - table: the table's name.
  ///   - columns: the columns that the rows fill.
  func load(_ rows: [[SQLValue]], into table: String, _ columns: [SQLColumn]) throws
}

extension SQLSession {
  /// Makes a statement without arguments and returns the rows of its answer.
  package func rows(_ sql: String) throws -> [SQLRow] { try rows(sql, []) }

  /// Makes a statement without arguments and returns how many rows it changed.
  @discardableResult
  package func execute(_ sql: String) throws -> Int { try execute(sql, []) }

  package func load(
    _ rows: [[SQLValue]], into table: String, _ columns: [SQLColumn]
  ) throws {
    let names = columns.map(\.name).joined(separator: ", ")
    try insert("INSERT INTO \(table) (\(names))", rows)
  }

  /// The first row of an answer.
  package func row(_ sql: String, _ arguments: [SQLValue] = []) throws -> SQLRow? {
    try rows(sql, arguments).first
  }

  /// Adds many rows with few statements.
  /// - Parameters:
  ///   - head: `INSERT INTO tags (run, tag)`.
  ///   - rows: the values of each row.
  ///   - tail: what follows the values: `ON CONFLICT DO NOTHING`.
  package func insert(_ head: String, _ rows: [[SQLValue]], _ tail: String = "") throws {
    guard let width = rows.first?.count else { return }
    let group = "(" + Array(repeating: "?", count: width).joined(separator: ", ") + ")"
    // SQLite before 3.32 takes 999 arguments in a statement.
    let most = max(1, 900 / width)
    for start in stride(from: 0, to: rows.count, by: most) {
      let part = rows[start..<min(start + most, rows.count)]
      let groups = Array(repeating: group, count: part.count).joined(separator: ", ")
      try execute("\(head) VALUES \(groups) \(tail)", part.flatMap(\.self))
    }
  }
}
