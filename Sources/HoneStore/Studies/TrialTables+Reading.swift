// What workers and readers look at, as it is stored.
extension TrialTables {
  /// Trials as they are stored: read in a transaction, understood after it.
  struct Rows: Sendable {
    var finished: [String] = []
    var open: [(number: Int, text: String)] = []
  }

  /// The finished trials after the first so many, in the order in which they finished.
  func finished(after count: Int) throws -> [String] {
    try session.rows(
      "SELECT record FROM trials WHERE study = ? AND sequence > ? ORDER BY sequence",
      [.text(study), .integer(count)]
    ).map { try $0.text(0) }
  }

  /// The trials that have not finished, by number.
  func unfinished() throws -> [(number: Int, text: String)] {
    try session.rows(
      "SELECT number, record FROM trials WHERE study = ? AND sequence IS NULL ORDER BY number",
      [.text(study)]
    ).map { (number: try $0.integer(0), text: try $0.text(1)) }
  }

  /// The finished trials after the first so many and all that have not finished: in one statement,
  /// because one that finishes between two would be in neither.
  func news(after count: Int) throws -> Rows {
    let rows = try session.rows(
      """
      SELECT sequence, number, record FROM trials WHERE study = ? AND sequence > ?
      UNION ALL SELECT sequence, number, record FROM trials WHERE study = ? AND sequence IS NULL
      """, [.text(study), .integer(count), .text(study)]
    ).map { row in
      (
        sequence: row.values[0] == .null ? nil : try row.integer(0), number: try row.integer(1),
        text: try row.text(2)
      )
    }
    let finished = rows.compactMap { row in row.sequence.map { (place: $0, text: row.text) } }
    return Rows(
      finished: finished.sorted { $0.place < $1.place }.map(\.text),
      open: rows.filter { $0.sequence == nil }.map { ($0.number, $0.text) }
        .sorted { $0.number < $1.number })
  }
}
