import Foundation
import HoneRecords

/// The tables of runs, inside a transaction.
struct RunTables {
  let session: any SQLSession

  /// Adds a run or replaces the record of the same id.
  func save(_ run: RunRecord) throws {
    try session.execute(
      """
      INSERT INTO runs (id, created, name, status, dataSource, parent, record)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET created = excluded.created, name = excluded.name,
        status = excluded.status, dataSource = excluded.dataSource,
        parent = excluded.parent, record = excluded.record
      """,
      [
        .text(run.id), .real(run.created.timeIntervalSinceReferenceDate), .text(run.name),
        .text(run.status.rawValue), .text(run.dataSource), .text(run.parent),
        .text(try CanonicalJSON.string(run)),
      ])
    try ListingTable(session: session).save(run)
  }

  /// The record of a run.
  func record(_ id: String) throws -> RunRecord {
    guard let run = try recordIfThere(id) else { throw try missing(id) }
    return run
  }

  /// The record of a run; nil where there is none of that id.
  func recordIfThere(_ id: String) throws -> RunRecord? {
    try session.row("SELECT id, created, record FROM runs WHERE id = ?", [.text(id)]).map(run(of:))
  }

  /// The id of the newest run that is part of nothing; nil where there is none.
  func newest() throws -> String? {
    try session.row(
      """
      SELECT run FROM listings WHERE parent IS NULL ORDER BY created DESC, position DESC LIMIT 1
      """
    )?.text(0)
  }

  /// The record of a run that this transaction will replace: no other changes it meanwhile.
  func recordToChange(_ id: String) throws -> RunRecord {
    let row = try session.row(
      "SELECT id, created, record FROM runs WHERE id = ?" + session.dialect.locking, [.text(id)])
    guard let row else { throw try missing(id) }
    return try run(of: row)
  }

  /// The tags and the note of a run that this transaction will replace, without reading its record; nil
  /// where there is no such run.
  func wordsToKeep(_ id: String) throws -> (tags: [String], note: String)? {
    try session.row(
      "SELECT tags, note FROM runs JOIN listings ON run = id WHERE id = ?"
        + session.dialect.locking, [.text(id)]
    ).map { (try ListingTable.tags(of: try $0.text(0)), try $0.text(1)) }
  }

  /// The run of a row with id, creation and record.
  func run(of row: SQLRow) throws -> RunRecord {
    var run = try decode(RunRecord.self, try row.text(2), of: try row.text(0))
    // The column is exact where JSON rounds to milliseconds.
    run.created = Date(timeIntervalSinceReferenceDate: try row.real(1))
    return run
  }

  /// A record that JSON describes.
  /// - Throws: `StoreError.unreadable` with the id.
  func decode<Value: Decodable>(
    _ type: Value.Type, _ text: String, of id: String
  ) throws -> Value {
    do {
      return try CanonicalJSON.decode(type, from: text)
    } catch {
      throw UnreadableRecord(id: id, reason: "\(error)")
    }
  }

  /// Refuses ids of no run, in a transaction that only reads.
  func check(_ id: String) throws {
    guard try session.row("SELECT 1 FROM runs WHERE id = ?", [.text(id)]) != nil else {
      throw try missing(id)
    }
  }

  /// Refuses ids of no run, before a foreign key does it without telling which.
  ///
  /// In PostgreSQL it also makes writers of the same run wait for one another, so that each sees the
  /// last number that was given.
  func require(_ id: String) throws {
    let lock = session.dialect == .postgresql ? " FOR NO KEY UPDATE" : ""
    guard try session.row("SELECT 1 FROM runs WHERE id = ?" + lock, [.text(id)]) != nil else {
      throw try missing(id)
    }
  }

  /// The line of a run of an older version's table; one that cannot be read has the columns' values.
  func addListing(of id: String, record: String) throws {
    guard let run = try? CanonicalJSON.decode(RunRecord.self, from: record) else {
      try ListingTable(session: session).saveUnreadable(id)
      return
    }
    let created = try session.row("SELECT created FROM runs WHERE id = ?", [.text(id)])?.real(0)
    var exact = run
    if let created { exact.created = Date(timeIntervalSinceReferenceDate: created) }
    try ListingTable(session: session).save(exact)
  }

  /// All runs as references may mean them, newest first.
  func referables() throws -> [Referable] {
    try session.rows(
      """
      SELECT run, name, CASE WHEN parent IS NULL THEN 0 ELSE 1 END FROM listings
      ORDER BY created DESC, position DESC
      """
    ).map { Referable(id: try $0.text(0), name: try $0.text(1), isPart: try $0.bool(2)) }
  }

  /// The error for an id that is not there.
  func missing(_ id: String) throws -> StoreError { missingRun(id, among: try referables()) }
}

/// A record that is no JSON of its type; the driver adds the store's name.
struct UnreadableRecord: Error {
  let id: String
  let reason: String
}
