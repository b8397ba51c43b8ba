extension PostgreSQLConnection {
  /// Bytes that are gathered before libpq gets them.
  private static let bytesAtOnce = 1 << 20

  /// Adds rows to a table by `COPY`: one statement for all of them.
  /// - Throws: `PostgreSQLError`; `PostgreSQLCopy.Mismatch` for a value that its column cannot hold. The
  ///   transaction is then of no more use, as after any statement that failed.
  func copy(into table: String, _ columns: [SQLColumn], _ rows: [[SQLValue]]) throws {
    let names = columns.map(\.name).joined(separator: ", ")
    try beginCopy("COPY \(table) (\(names)) FROM STDIN (FORMAT binary)")
    do {
      var copy = PostgreSQLCopy(columns)
      for row in rows {
        try copy.append(row)
        if copy.bytes.count >= Self.bytesAtOnce { try put(copy.take()) }
      }
      copy.finish()
      try put(copy.take())
    } catch {
      // Without its end the server would take the next statement for data.
      try? endCopy(reason: "the client gave up")
      throw error
    }
    try endCopy(reason: nil)
  }

  private func beginCopy(_ sql: String) throws {
    let result = sql.withCString { library.run(handle, $0, 0, nil, nil, nil, nil, 0) }
    defer { library.clear(result) }
    // PGRES_COPY_IN.
    guard library.resultStatus(result) == 4 else { throw failure(result) }
  }

  private func put(_ bytes: [UInt8]) throws {
    let sent = bytes.withUnsafeBytes { bytes in
      library.putCopyData(handle, bytes.baseAddress, Int32(bytes.count))
    }
    guard sent == 1 else { throw failure(nil) }
  }

  /// Ends a copy, with a reason so that nothing of it counts, and reads the server's answer to its end.
  private func endCopy(reason: String?) throws {
    let sent =
      if let reason {
        reason.withCString { library.putCopyEnd(handle, $0) }
      } else {
        library.putCopyEnd(handle, nil)
      }
    guard sent == 1 else { throw failure(nil) }
    var refusal: PostgreSQLError?
    while let result = library.getResult(handle) {
      // PGRES_COMMAND_OK.
      if library.resultStatus(result) != 1, refusal == nil { refusal = failure(result) }
      library.clear(result)
    }
    if let refusal { throw refusal }
  }
}
