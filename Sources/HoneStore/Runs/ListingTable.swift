import Foundation
import HoneRecords

/// The table of runs in one line each, with what they are filtered by.
struct ListingTable {
  let session: any SQLSession

  private static let columns = """
    created, name, status, model, dataSource, fingerprint, parent, epochs, parameters, seconds, \
    metric, larger, validationMetric, validationLoss, testMetric, tags, note
    """

  /// Adds or replaces the line of a run, its tags, numbers and findings.
  func save(_ run: RunRecord) throws {
    try saveLine(RunListing(run))
    let id = SQLValue.text(run.id)
    for table in ["tags", "findings"] {
      try session.execute("DELETE FROM \(table) WHERE run = ?", [id])
    }
    try session.execute("DELETE FROM numbers WHERE run = ? AND isMetric = 0", [id])
    try session.insert(
      "INSERT INTO tags (run, tag)", Set(run.tags).sorted().map { [id, .text($0)] })
    try session.insert(
      "INSERT INTO findings (run, finding)",
      Set(run.findings.map(\.id.rawValue)).sorted().map { [id, .text($0)] })
    let numbers = RunNumbers.numbers(of: run).sorted { $0.key < $1.key }
    try session.insert(
      "INSERT INTO numbers (run, name, isMetric, step, value)",
      numbers.map { [id, .text($0.key), .integer(0), .integer(0), .real($0.value)] })
  }

  /// Adds or replaces the last value of a metric of the program's own.
  func save(metric name: String, _ last: MetricPoint, of run: String) throws {
    guard last.value.isFinite else { return }
    try session.execute(
      """
      INSERT INTO numbers (run, name, isMetric, step, value) VALUES (?, ?, 1, ?, ?)
      ON CONFLICT (run, name, isMetric) DO UPDATE SET step = excluded.step, value = excluded.value
      WHERE excluded.step >= numbers.step
      """, [.text(run), .text(name), .integer(last.step), .real(last.value)])
  }

  /// The line of a run whose record cannot be read, from the columns of version 1.
  func saveUnreadable(_ id: String) throws {
    try session.execute(
      """
      INSERT INTO listings (run, position, \(ListingTable.columns), lowercased)
      SELECT id, (SELECT COALESCE(MAX(position), 0) + 1 FROM listings), created, name, status, '',
        dataSource, '', parent, 0, 0, 0.0, '', 1, NULL, NULL, NULL, '[]', '', ''
      FROM runs WHERE id = ?
      """, [.text(id)])
  }

  private func saveLine(_ line: RunListing) throws {
    let names = ListingTable.columns.split(separator: ", ").map(String.init) + ["lowercased"]
    let changes = names.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
    let places = Array(repeating: "?", count: names.count).joined(separator: ", ")
    try session.execute(
      """
      INSERT INTO listings (run, position, \(names.joined(separator: ", ")))
      VALUES (?, (SELECT COALESCE(MAX(position), 0) + 1 FROM listings), \(places))
      ON CONFLICT (run) DO UPDATE SET \(changes)
      """,
      [
        .text(line.id), .real(line.created.timeIntervalSinceReferenceDate), .text(line.name),
        .text(line.status.rawValue), .text(line.model), .text(line.dataSource),
        .text(line.dataFingerprint), .text(line.parent), .integer(line.epochs),
        .integer(line.parameters), .real(line.seconds), .text(line.metric),
        .bool(line.metricIsBetterWhenLarger), .finite(line.validationMetric),
        .finite(line.validationLoss), .finite(line.testMetric),
        .text(try CanonicalJSON.string(line.tags)), .text(line.note),
        .text(ListingTable.lowercased(line.name, line.dataSource)),
      ])
  }

  /// What `text` of a filter is looked for in; both databases compare it byte by byte.
  static func lowercased(_ name: String, _ dataSource: String) -> String {
    name.lowercased() + "\n" + dataSource.lowercased()
  }

  /// The lines of runs that match a filter, newest first.
  func lines(matching filter: RunFilter) throws -> [RunListing] {
    let query = ListingQuery(filter, session.dialect)
    return try session.rows(
      "SELECT run, \(ListingTable.columns) FROM listings" + query.sql, query.arguments
    ).map(line(of:))
  }

  private func line(of row: SQLRow) throws -> RunListing {
    guard let status = RunStatus(rawValue: try row.text(3)) else {
      throw UnreadableRecord(id: try row.text(0), reason: "status \(try row.text(3))")
    }
    return RunListing(
      id: try row.text(0), name: try row.text(2), status: status,
      created: Date(timeIntervalSinceReferenceDate: try row.real(1)), model: try row.text(4),
      dataSource: try row.text(5), dataFingerprint: try row.text(6),
      parent: try row.optionalText(7), epochs: try row.integer(8),
      parameters: try row.integer(9), seconds: try row.real(10), metric: try row.text(11),
      metricIsBetterWhenLarger: try row.bool(12), validationMetric: try row.optionalReal(13),
      validationLoss: try row.optionalReal(14), testMetric: try row.optionalReal(15),
      tags: try ListingTable.tags(of: try row.text(16)),
      note: try row.text(17))
  }

  /// The tags of a column.
  static func tags(of column: String) throws -> [String] {
    column == "[]" ? [] : try CanonicalJSON.decode([String].self, from: column)
  }
}
