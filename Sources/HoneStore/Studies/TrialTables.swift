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
    /// Whether there are points in the queue, or were before the transaction waited for the row.
    let mayHavePoints: Bool
  }

  func counters() throws -> Counters {
    let row = try session.row(
      """
      SELECT nextNumber, sequence, maximumTrials, ending,
        (SELECT MIN(position) FROM points WHERE study = name)
      FROM studies WHERE name = ?
      """ + session.dialect.locking, [.text(study)])
    guard let row else { throw missing() }
    return Counters(
      nextNumber: try row.integer(0), sequence: try row.integer(1),
      maximumTrials: row.values[2] == .null ? nil : try row.integer(2),
      ending: try row.optionalText(3), mayHavePoints: row.values[4] != .null)
  }

  /// The number of a new trial, where nothing else comes first.
  ///
  /// Nil where there are points in the queue, or trials that wait or have outlived their lease, and
  /// where no trial may be started. The usual claim in one statement: workers wait for the study's row,
  /// so that every statement made while it is held is waited for by all of them.
  func newNumber(below limit: Int?, now: Date) throws -> Int? {
    try session.row(
      """
      UPDATE studies SET nextNumber = nextNumber + 1
      WHERE name = ? AND ending IS NULL AND nextNumber < ?
        AND nextNumber < COALESCE(maximumTrials, nextNumber + 1)
        AND NOT EXISTS (SELECT 1 FROM points WHERE points.study = studies.name)
        AND NOT EXISTS (
          SELECT 1 FROM trials WHERE trials.study = studies.name AND trials.sequence IS NULL
            AND (state = 'waiting' OR state = 'running' AND leaseUntil < ?))
      RETURNING nextNumber - 1
      """,
      [
        .text(study), .integer(limit ?? Int(Int32.max)),
        .real(now.timeIntervalSinceReferenceDate),
      ])?.integer(0)
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
    try TrialTables.record(text, of: study)
  }

  static func record(_ text: String, of study: String) throws -> TrialRecord {
    do {
      return try CanonicalJSON.decode(TrialRecord.self, from: text)
    } catch {
      throw UnreadableRecord(id: study, reason: "\(error)")
    }
  }

  /// Takes trials from workers that are gone: for another attempt, or for good after the last.
  /// - Parameter looksForProcesses: whether to look for the processes of this machine's workers too,
  ///   and not only at leases.
  /// - Returns: whether there may be trials that wait for another attempt.
  func sweep(_ counters: inout Counters, now: Date, looksForProcesses: Bool) throws -> Bool {
    let rows = try session.rows(
      """
      SELECT record, worker, host, process, processStart, leaseUntil, state FROM trials
      WHERE study = ? AND sequence IS NULL
        AND (state = 'waiting' OR state = 'running' AND (leaseUntil < ? OR host = ?))
      """,
      [
        .text(study), .real(now.timeIntervalSinceReferenceDate),
        .text(looksForProcesses ? WorkerIdentity.thisHost : ""),
      ])
    var mayWait = false
    for row in rows {
      guard try row.text(6) == TrialState.running.rawValue else {
        mayWait = true
        continue
      }
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
      mayWait = true
    }
    return mayWait
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

  /// Ends or pauses a trial, by its state.
  /// - Returns: whether the worker still had it; nothing is written where it had not.
  func finish(_ trial: TrialRecord, by worker: WorkerIdentity) throws -> Bool {
    var sequence: Int?
    // Either way the study's row is held: nobody takes the trial from the worker meanwhile.
    if trial.state.isFinished { sequence = try takeSequence() } else { _ = try counters() }
    if try write(trial, sequence: sequence, of: worker) { return true }
    if sequence != nil {
      try session.execute(
        "UPDATE studies SET sequence = sequence - 1 WHERE name = ?", [.text(study)])
    }
    guard session.isRepeated else { return false }
    let row = try session.row(
      "SELECT state FROM trials WHERE study = ? AND number = ?",
      [.text(study), .integer(trial.number)])
    return try row?.text(0) == trial.state.rawValue
  }

  /// The place of the next finished trial; the study's row is held until the transaction ends.
  private func takeSequence() throws -> Int {
    let row = try session.row(
      "UPDATE studies SET sequence = sequence + 1 WHERE name = ? RETURNING sequence",
      [.text(study)])
    guard let row else { throw missing() }
    return try row.integer(0)
  }

  /// Writes a trial that no worker has any more.
  /// - Parameter owner: the worker that must have it until now; nil for any or none.
  /// - Returns: whether it was written.
  @discardableResult
  func write(_ trial: TrialRecord, sequence: Int?, of owner: WorkerIdentity? = nil) throws -> Bool {
    var sql = """
      UPDATE trials SET state = ?, attempt = ?, worker = NULL, leaseUntil = NULL, sequence = ?,
        record = ? WHERE study = ? AND number = ?
      """
    var arguments: [SQLValue] = [
      .text(trial.state.rawValue), .integer(trial.attempt),
      sequence.map { SQLValue.integer($0) } ?? .null, .text(try CanonicalJSON.string(trial)),
      .text(study), .integer(trial.number),
    ]
    if let owner {
      sql += " AND state = 'running' AND worker = ? AND attempt = ?"
      arguments += [.text(owner.name), .integer(trial.attempt)]
    }
    return try session.execute(sql, arguments) > 0
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
    var sql = "SELECT record, saved FROM trials WHERE study = ? AND sequence IS NULL AND state = ?"
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
      """
      DELETE FROM points
      WHERE study = ? AND position = (SELECT MIN(position) FROM points WHERE study = ?)
      RETURNING point
      """, [.text(study), .text(study)])
    return try row.map {
      try CanonicalJSON.decode([String: HyperparameterValue].self, from: $0.text(0))
    }
  }
}
