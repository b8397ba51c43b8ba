public import HoneRecords

extension DatabaseStore {
  /// Runs that are read and written at once: enough to spread the cost of a transaction, few enough for
  /// memory and for the 999 arguments that old versions of SQLite take in a statement.
  private static var runsAtOnce: Int { 200 }

  /// Takes in runs of another store with all that it holds of them, in place of runs of the same ids.
  ///
  /// Rows are moved as they are, a few hundred runs in a transaction: nothing is decoded, and
  /// PostgreSQL gets them by `COPY`.
  /// - Parameters:
  ///   - runs: the runs' ids, each once; the last of them comes first in lists of runs of the same age.
  ///   - source: where they are.
  ///   - willCopy: is told which runs are about to be copied, a few hundred at a time.
  /// - Throws: `StoreError`, `.notFound` for an id that the source does not have; what `willCopy` throws.
  ///   Runs that were copied before stay.
  public func copyRuns(
    _ runs: [RunRecord.ID], from source: any DatabaseStore,
    willCopy: (ArraySlice<RunRecord.ID>) throws -> Void = { _ in }
  ) throws {
    for start in stride(from: 0, to: runs.count, by: Self.runsAtOnce) {
      let part = runs[start..<min(start + Self.runsAtOnce, runs.count)]
      let ids = Array(part)
      let rows = try source.database.read { try RunRows(of: ids, $0) }
      try willCopy(part)
      try database.write { try rows.write(ids, $0) }
    }
    try database.write { session in
      // A server plans its queries by statistics, which it would gather at some later time.
      guard session.dialect == .postgresql else { return }
      for table in RunRows.tables { try session.execute("ANALYZE \(table.name)") }
    }
  }
}
