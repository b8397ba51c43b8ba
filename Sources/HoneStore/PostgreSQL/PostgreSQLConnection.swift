import Foundation

/// One connection to a server.
///
/// Not for use by two threads at once: `PostgreSQLDriver` sees to that.
final class PostgreSQLConnection {
  let library: LibPQ
  let handle: OpaquePointer
  private var numbered: [String: String] = [:]

  /// Types whose values have a known binary form, by PostgreSQL's numbers for them.
  private enum ColumnType: UInt32 {
    case bool = 16
    case bytes = 17
    case name = 19
    case integer64 = 20
    case integer16 = 21
    case integer32 = 23
    case text = 25
    case single = 700
    case double = 701
    case varchar = 1043
  }

  /// Connects.
  /// - Throws: `PostgreSQLError`.
  init(_ address: PostgreSQLAddress, _ library: LibPQ) throws {
    self.library = library
    // The address comes after what it may override.
    let parameters = [
      ("connect_timeout", "10"), ("keepalives_idle", "30"), ("fallback_application_name", "hone"),
      ("dbname", address.connection), ("client_encoding", "UTF8"),
    ]
    let keys = parameters.map { strdup($0.0) }
    let values = parameters.map { strdup($0.1) }
    defer { for text in keys + values { free(text) } }
    let handle = library.connect(
      keys.map { $0.map { UnsafePointer($0) } } + [nil],
      values.map { $0.map { UnsafePointer($0) } } + [nil], 1)
    guard let handle else {
      throw PostgreSQLError(connecting: "out of memory", needsPassword: false)
    }
    guard library.status(handle) == 0 else {
      let message = library.errorMessage(handle).map { String(cString: $0) } ?? ""
      let needsPassword = library.needsPassword(handle) != 0
      library.finish(handle)
      throw PostgreSQLError(connecting: message, needsPassword: needsPassword)
    }
    self.handle = handle
    // libpq would write the server's remarks to standard error.
    _ = library.receiveNotices(handle, { _, _ in }, nil)
  }

  deinit { library.finish(handle) }

  /// Makes a statement.
  /// - Returns: the rows of its answer, and how many it changed.
  /// - Throws: `PostgreSQLError`.
  func run(_ sql: String, _ arguments: [SQLValue] = []) throws -> (rows: [SQLRow], changed: Int) {
    let result = send(statement(sql), arguments)
    defer { library.clear(result) }
    let status = library.resultStatus(result)
    // PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY.
    guard status == 1 || status == 2 || status == 0, result != nil else {
      throw failure(result)
    }
    let changed = library.changedRows(result).flatMap { Int(String(cString: $0)) } ?? 0
    return (status == 2 ? try rows(of: result) : [], changed)
  }

  /// The statement with numbered places, made once for each text.
  private func statement(_ sql: String) -> String {
    if let known = numbered[sql] { return known }
    let result = SQLDialect.postgresql.numbered(sql)
    if numbered.count < 500 { numbered[sql] = result }
    return result
  }

  /// What a result that is no answer says, or the connection where there is none.
  func failure(_ result: OpaquePointer?) -> PostgreSQLError {
    let isLost = library.status(handle) != 0
    guard let result else {
      let message = library.errorMessage(handle).map { String(cString: $0) } ?? ""
      return PostgreSQLError(
        state: nil, message: PostgreSQLError.line(message), isConnectionLost: isLost)
    }
    // PG_DIAG_SQLSTATE and PG_DIAG_MESSAGE_PRIMARY.
    let state = library.errorField(result, 67).map { String(cString: $0) }
    let primary = library.errorField(result, 77) ?? library.resultError(result)
    return PostgreSQLError(
      state: state, message: PostgreSQLError.line(primary.map { String(cString: $0) } ?? ""),
      isConnectionLost: isLost)
  }

  /// Sends a statement with its arguments: bytes as they are, all else as text.
  private func send(_ sql: String, _ arguments: [SQLValue]) -> OpaquePointer? {
    var buffers: [UnsafeMutablePointer<CChar>?] = []
    var types: [UInt32] = []
    var lengths: [Int32] = []
    var formats: [Int32] = []
    defer { for buffer in buffers { buffer?.deallocate() } }
    for argument in arguments {
      let bytes = PostgreSQLConnection.bytes(of: argument)
      var isBinary = false
      if case .blob = argument { isBinary = true }
      buffers.append(bytes.map(PostgreSQLConnection.buffer))
      types.append(isBinary ? ColumnType.bytes.rawValue : 0)
      lengths.append(Int32(bytes?.count ?? 0))
      formats.append(isBinary ? 1 : 0)
    }
    let pointers = buffers.map { $0.map { UnsafePointer($0) } }
    return sql.withCString { text in
      library.run(handle, text, Int32(arguments.count), types, pointers, lengths, formats, 1)
    }
  }

  /// A copy with a zero at its end, which libpq wants after text.
  private static func buffer(_ bytes: [UInt8]) -> UnsafeMutablePointer<CChar> {
    let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count + 1)
    for (index, byte) in bytes.enumerated() { buffer[index] = CChar(bitPattern: byte) }
    buffer[bytes.count] = 0
    return buffer
  }

  private static func bytes(of value: SQLValue) -> [UInt8]? {
    switch value {
    case .null: nil
    case .integer(let number): Array(String(number).utf8)
    case .real(let number): Array("\(number)".utf8)
    case .text(let text): Array(text.utf8)
    case .blob(let bytes): bytes
    }
  }

  private func rows(of result: OpaquePointer?) throws -> [SQLRow] {
    let width = library.columnCount(result)
    let types = (0..<width).map { ColumnType(rawValue: library.columnType(result, $0)) }
    return try (0..<library.rowCount(result)).map { row in
      SQLRow(
        try (0..<width).map { column in
          guard library.isNull(result, row, column) == 0 else { return .null }
          let bytes = UnsafeBufferPointer(
            start: library.value(result, row, column),
            count: Int(library.length(result, row, column)))
          return try value(bytes, types[Int(column)])
        })
    }
  }

  private func value(_ bytes: UnsafeBufferPointer<UInt8>, _ type: ColumnType?) throws -> SQLValue {
    func pattern() -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
    switch type {
    case .bool: return .bool(pattern() != 0)
    case .bytes: return .blob(Array(bytes))
    case .integer16: return .integer(Int64(Int16(truncatingIfNeeded: pattern())))
    case .integer32: return .integer(Int64(Int32(truncatingIfNeeded: pattern())))
    case .integer64: return .integer(Int64(bitPattern: pattern()))
    case .single: return .real(Double(Float(bitPattern: UInt32(truncatingIfNeeded: pattern()))))
    case .double: return .real(Double(bitPattern: pattern()))
    case .text, .varchar, .name: return .text(String(decoding: bytes, as: UTF8.self))
    case nil:
      throw PostgreSQLError(
        state: nil, message: "an answer of a type that Hone does not read",
        isConnectionLost: false)
    }
  }
}
