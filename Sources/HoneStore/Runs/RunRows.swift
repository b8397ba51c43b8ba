/// The rows that stores keep of runs, to be moved from one database to another as they are.
struct RunRows: Sendable {
  /// A table with rows of runs.
  struct Table: Sendable {
    let name: String
    /// The column with the run's id.
    let key: String
    let columns: [SQLColumn]
  }

  /// The rows of each table, in the order of `RunRows.tables`.
  var rows: [[[SQLValue]]]

  /// All tables of runs; those that others refer to come first.
  static let tables = [
    Table(
      name: "runs", key: "id",
      columns: [
        .text("id"), .real("created"), .text("name"), .text("status"), .text("dataSource"),
        .text("parent"), .text("record"),
      ]),
    Table(
      name: "listings", key: "run",
      columns: [
        .text("run"), .integer("position"), .real("created"), .text("name"), .text("status"),
        .text("model"), .text("dataSource"), .text("fingerprint"), .text("parent"),
        .integer("epochs"), .integer("parameters"), .real("seconds"), .text("metric"),
        .integer("larger"), .real("validationMetric"), .real("validationLoss"),
        .real("testMetric"), .text("tags"), .text("note"), .text("lowercased"),
      ]),
    Table(name: "tags", key: "run", columns: [.text("run"), .text("tag")]),
    Table(name: "findings", key: "run", columns: [.text("run"), .text("finding")]),
    Table(
      name: "numbers", key: "run",
      columns: [
        .text("run"), .text("name"), .integer("isMetric"), .integer("step"), .real("value"),
      ]),
    Table(
      name: "epochs", key: "run", columns: [.text("run"), .integer("epoch"), .text("record")]),
    Table(
      name: "blocks", key: "run",
      columns: [
        .text("run"), .text("series"), .integer("position"), .integer("count"), .blob("points"),
      ]),
    Table(
      name: "events", key: "run",
      columns: [
        .text("run"), .integer("number"), .real("time"), .text("kind"), .text("text"),
      ]),
    Table(
      name: "artifacts", key: "run",
      columns: [
        .text("run"), .text("path"), .text("kind"), .integer("bytes"), .text("digest"),
      ]),
  ]

  /// The rows of runs.
  /// - Throws: `StoreError.notFound` for an id that is not there.
  init(of runs: [String], _ session: any SQLSession) throws {
    let places = Array(repeating: "?", count: runs.count).joined(separator: ", ")
    let keys = runs.map { SQLValue.text($0) }
    rows = try Self.tables.map { table in
      let names = table.columns.map(\.name).joined(separator: ", ")
      return try session.rows(
        "SELECT \(names) FROM \(table.name) WHERE \(table.key) IN (\(places))", keys
      ).map(\.values)
    }
    let there = Set(try rows[0].map { try SQLRow($0).text(0) })
    if let missing = runs.first(where: { !there.contains($0) }) {
      throw try RunTables(session: session).missing(missing)
    }
  }

  /// Adds the rows in place of those of the same runs, which come after all others in their order.
  func write(_ runs: [String], _ session: any SQLSession) throws {
    let places = Array(repeating: "?", count: runs.count).joined(separator: ", ")
    try session.execute("DELETE FROM runs WHERE id IN (\(places))", runs.map { .text($0) })
    let last = try session.row("SELECT COALESCE(MAX(position), 0) FROM listings")?.integer(0) ?? 0
    let order = Dictionary(uniqueKeysWithValues: zip(runs, (last + 1)...))
    for (table, rows) in zip(Self.tables, rows) {
      var rows = rows
      if table.name == "listings" {
        for index in rows.indices {
          guard case .text(let run) = rows[index][0] else { continue }
          rows[index][1] = .integer(order[run] ?? last)
        }
      }
      try session.load(rows, into: table.name, table.columns)
    }
  }
}
