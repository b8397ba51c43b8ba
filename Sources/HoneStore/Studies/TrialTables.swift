import Foundation
import HoneRecords

/// The tables of studies, inside a transaction.
struct TrialTables {
  /// How often a trial is started in all before it counts as failed.
  static let mostAttempts = 3
  let session: any SQLSession
  let study: String

  /// The study's counters, its row held until the transaction ends.
  struct Counters: Equatable {
    var nextNumber: Int
    var sequence: Int
    let maximumTrials: Int?
    let ending: String?
  }

  func counters() throws -> Counters {
    let row = try session.row(
      "SELECT nextNumber, sequence, maximumTrials, ending FROM studies WHERE name = ?"
        + session.dialect.locking, [.text(study)])
    guard let row else { throw missing() }
    let most: Int? = row.values[2] == .null ? nil : try row.integer(2)
    return Counters(
      nextNumber: try row.integer(0), sequence: try row.integer(1), maximumTrials: most,
      ending: try row.optionalText(3))
  }

  func keep(_ counters: Counters) throws {
    try session.execute(
      "UPDATE studies SET nextNumber = ?, sequence = ? WHERE name = ?",
      [.integer(counters.nextNumber), .integer(counters.sequence), .text(study)])
  }

  func missing() -> StoreError {
    let names = (try? session.rows("SELECT name FROM studies").map { try $0.text(0) }) ?? []
    return .notFound(.study, reference: study, nearest: Array(names.prefix(5)))
  }

  func record(_ text: String) throws -> TrialRecord {
    do {
      return try CanonicalJSON.decode(TrialRecord.self, from: text)
    } catch {
      throw UnreadableRecord(id: study, reason: "\(error)")
    }
  }

  /// Takes trials from workers that are gone: for another attempt, or for good after the last.
  /// - Parameter looksForProcesses: whether to look for the processes of this machine's workers too,
  ///   and not only at leases.
  func sweep(_ counters: inout Counters, now: Date, looksForProcesses: Bool) throws {
    let rows = try session.rows(
      """
      SELECT record, worker, host, process, processStart, leaseUntil FROM trials
      WHERE study = ? AND state = 'running' AND (leaseUntil < ? OR host = ?)
      """,
      [
        .text(study), .real(now.timeIntervalSinceReferenceDate),
        .text(looksForProcesses ? WorkerIdentity.thisHost : ""),
      ])
    for row in rows {
      let worker = WorkerIdentity(
        name: try row.optionalText(1) ?? "", host: try row.optionalText(2) ?? "",
        process: Int32(truncatingIfNeeded: try row.integer(3)),
        processStart: try row.optionalText(4) ?? "")
      let lease = try row.optionalReal(5) ?? 0
      let isSilent = lease < now.timeIntervalSinceReferenceDate
      guard isSilent || worker.isGone else { continue }
      let note =
        isSilent
        ? "Its worker on \(worker.hostName) was silent for longer than its lease."
        : "The process of its worker, \(worker.process) on \(worker.hostName), was gone."
      _ = try retire(record(row.text(0)), &counters, nil, note)
    }
  }

  /// Takes a trial from a worker that is gone.
  /// - Parameter failure: why it fails; nil for another attempt while there is one left.
  func retire(
    _ trial: TrialRecord, _ counters: inout Counters, _ failure: TrialFailure?, _ note: String
  ) throws -> TrialRecord {
    if let failure { return try fail(trial, &counters, failure, note) }
    if trial.attempt >= TrialTables.mostAttempts {
      return try fail(
        trial, &counters, .workerLost,
        "Its worker was lost \(trial.attempt) times. The last time: \(note)")
    }
    var trial = trial
    trial.attempt += 1
    trial.state = .waiting
    trial.note = note
    try write(trial, sequence: nil)
    return trial
  }

  /// Ends a trial that failed.
  func fail(
    _ trial: TrialRecord, _ counters: inout Counters, _ failure: TrialFailure, _ note: String
  ) throws -> TrialRecord {
    var trial = trial
    trial.state = .failed
    trial.failure = failure
    trial.note = note
    trial.ended = Date()
    counters.sequence += 1
    try write(trial, sequence: counters.sequence)
    return trial
  }

  /// The finished trials after the first so many, in the order in which they finished.
  func finished(after count: Int) throws -> [TrialRecord] {
    try session.rows(
      "SELECT record FROM trials WHERE study = ? AND sequence > ? ORDER BY sequence",
      [.text(study), .integer(count)]
    ).map { try record($0.text(0)) }
  }

  /// The trials that have not finished, by number.
  func unfinished(_ known: OpenTrials) throws -> [TrialRecord] {
    let rows = try session.rows(
      "SELECT number, record FROM trials WHERE study = ? AND sequence IS NULL ORDER BY number",
      [.text(study)]
    ).map { (number: try $0.integer(0), text: try $0.text(1)) }
    return try known.records(rows, of: study, reading: record)
  }

  /// Writes a trial that no worker has any more.
  func write(_ trial: TrialRecord, sequence: Int?) throws {
    try session.execute(
      """
      UPDATE trials SET state = ?, attempt = ?, worker = NULL, leaseUntil = NULL, sequence = ?,
        record = ? WHERE study = ? AND number = ?
      """,
      [
        .text(trial.state.rawValue), .integer(trial.attempt),
        sequence.map { SQLValue.integer($0) } ?? .null, .text(try CanonicalJSON.string(trial)),
        .text(study), .integer(trial.number),
      ])
  }

  /// Gives a trial to a worker, adding it where it is new.
  func give(
    _ trial: TrialRecord, to worker: WorkerIdentity, until lease: Double
  ) throws {
    try session.execute(
      """
      INSERT INTO trials (study, number, state, attempt, worker, host, process, processStart,
        leaseUntil, record) VALUES (?, ?, 'running', ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (study, number) DO UPDATE SET state = 'running', attempt = excluded.attempt,
        worker = excluded.worker, host = excluded.host, process = excluded.process,
        processStart = excluded.processStart, leaseUntil = excluded.leaseUntil,
        record = excluded.record
      """,
      [
        .text(study), .integer(trial.number), .integer(trial.attempt), .text(worker.name),
        .text(worker.host), .integer(Int(worker.process)), .text(worker.processStart),
        .real(lease), .text(try CanonicalJSON.string(trial)),
      ])
  }

  /// The lowest trial in a state, or a given one where it is in that state.
  func first(_ state: TrialState, number: Int? = nil) throws -> TrialClaim? {
    var sql = "SELECT record, saved FROM trials WHERE study = ? AND state = ?"
    var arguments: [SQLValue] = [.text(study), .text(state.rawValue)]
    if let number {
      sql += " AND number = ?"
      arguments.append(.integer(number))
    }
    guard let row = try session.row(sql + " ORDER BY number LIMIT 1", arguments) else { return nil }
    return try claim(row)
  }

  func claim(_ row: SQLRow) throws -> TrialClaim {
    let saved = row.values[1] == .null ? nil : Data(try row.blob(1))
    return TrialClaim(trial: try record(row.text(0)), saved: saved)
  }

  /// The first point of the queue, which is taken from it.
  func nextPoint() throws -> [String: HyperparameterValue]? {
    let row = try session.row(
      "SELECT position, point FROM points WHERE study = ? ORDER BY position LIMIT 1",
      [.text(study)])
    guard let row else { return nil }
    try session.execute(
      "DELETE FROM points WHERE study = ? AND position = ?",
      [.text(study), .integer(try row.integer(0))])
    return try CanonicalJSON.decode([String: HyperparameterValue].self, from: row.text(1))
  }
}
