import Foundation
import GRDB
public import HoneRecords

extension SQLiteStore {
  /// The run of an id.
  /// - Throws: `StoreError`; `.notFound` where there is none.
  public func run(_ id: RunRecord.ID) throws(StoreError) -> RunRecord {
    try read { try self.record(id, $0) }
  }

  /// The run that the user means by an id, a unique beginning of one, a name, or `last`.
  /// - Throws: `StoreError`; `.notFound` or `.ambiguous` with what may have been meant.
  public func find(_ reference: String) throws(StoreError) -> RunRecord {
    try read { database in
      try self.record(resolve(reference, among: self.referables(database), as: .run), database)
    }
  }

  /// Runs that match a filter, newest first.
  /// - Throws: `StoreError`.
  public func runs(matching filter: RunFilter) throws(StoreError) -> [RunRecord] {
    try read { database in
      var conditions: [String] = filter.includesChildren ? [] : ["parent IS NULL"]
      var arguments: StatementArguments = []
      if let status = filter.status {
        conditions.append("status = ?")
        arguments += [status.rawValue]
      }
      if let tag = filter.tag {
        conditions.append("EXISTS (SELECT 1 FROM tags WHERE run = runs.id AND tag = ?)")
        arguments += [tag]
      }
      if let text = filter.text {
        conditions.append("(mentions(name, ?) OR mentions(dataSource, ?))")
        arguments += [text, text]
      }
      var sql = "SELECT id, created, record FROM runs"
      if !conditions.isEmpty { sql += " WHERE " + conditions.joined(separator: " AND ") }
      sql += " ORDER BY created DESC, rowid DESC LIMIT ?"
      arguments += [max(0, filter.limit ?? .max)]
      return try Row.fetchAll(database, sql: sql, arguments: arguments).map(self.run(of:))
    }
  }

  /// A run with its series, as diagnosis wants it.
  /// - Throws: `StoreError`; `.notFound` where there is none.
  public func evidence(_ id: RunRecord.ID) throws(StoreError) -> RunEvidence {
    try read { database in
      let run = try self.record(id, database)
      let epochs = try String.fetchAll(
        database, sql: "SELECT record FROM epochs WHERE run = ? ORDER BY epoch", arguments: [id])
      let steps = try Row.fetchAll(
        database, sql: "SELECT * FROM steps WHERE run = ? ORDER BY step", arguments: [id])
      return RunEvidence(
        run: run, epochs: try epochs.map { try self.decode(EpochRecord.self, $0, of: id) },
        steps: steps.map(self.step(of:)))
    }
  }

  /// The improvement of an id, a unique beginning of one, or `last`.
  /// - Throws: `StoreError`; `.notFound` or `.ambiguous` with what may have been meant.
  public func improvement(_ reference: String) throws(StoreError) -> ImprovementRecord {
    try read { database in
      let ids = try String.fetchAll(
        database, sql: "SELECT id FROM improvements ORDER BY created DESC, rowid DESC")
      let id = try resolve(
        reference, among: ids.map { Referable(id: $0, name: nil, isPart: false) },
        as: .improvement)
      let row = try Row.fetchOne(
        database, sql: "SELECT created, record FROM improvements WHERE id = ?", arguments: [id])
      guard let row else {
        throw StoreError.notFound(.improvement, reference: reference, nearest: [])
      }
      var improvement = try self.decode(ImprovementRecord.self, row["record"], of: id)
      improvement.created = Date(timeIntervalSinceReferenceDate: row["created"])
      return improvement
    }
  }

  /// Refuses ids of no run, before a foreign key does it without telling which.
  func require(_ id: RunRecord.ID, _ database: Database) throws {
    let found = try Bool.fetchOne(
      database, sql: "SELECT EXISTS (SELECT 1 FROM runs WHERE id = ?)", arguments: [id])
    if found != true { throw missingRun(id, among: try referables(database)) }
  }

  private func referables(_ database: Database) throws -> [Referable] {
    try Row.fetchAll(
      database,
      sql: "SELECT id, name, parent IS NOT NULL AS part FROM runs ORDER BY created DESC, rowid DESC"
    ).map { Referable(id: $0["id"], name: $0["name"], isPart: $0["part"]) }
  }

  private func record(_ id: RunRecord.ID, _ database: Database) throws -> RunRecord {
    let row = try Row.fetchOne(
      database, sql: "SELECT id, created, record FROM runs WHERE id = ?", arguments: [id])
    guard let row else { throw missingRun(id, among: try referables(database)) }
    return try run(of: row)
  }

  private func run(of row: Row) throws -> RunRecord {
    var run = try decode(RunRecord.self, row["record"], of: row["id"])
    // The column is exact where JSON rounds to milliseconds.
    run.created = Date(timeIntervalSinceReferenceDate: row["created"])
    return run
  }

  private func step(of row: Row) -> StepRecord {
    func number(_ column: String) -> Double? { (row[column] as StoredNumber?)?.value }
    return StepRecord(
      step: row["step"], epoch: row["epoch"], loss: number("loss") ?? .nan,
      learningRate: number("learningRate") ?? .nan, gradientNorm: number("gradientNorm"),
      updateRatio: number("updateRatio"))
  }

  private func decode<Value: Decodable>(
    _ type: Value.Type, _ text: String, of id: String
  ) throws -> Value {
    do {
      return try CanonicalJSON.decode(type, from: text)
    } catch {
      throw StoreError.unreadable(path: path, id: id, reason: "\(error)")
    }
  }
}
