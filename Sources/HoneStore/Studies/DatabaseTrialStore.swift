public import Foundation
public import HoneRecords

/// Studies in the database of a store of runs, SQLite's or PostgreSQL's, for any number of processes.
///
/// Leases are told by the clocks of the workers' machines, which must agree to within a few seconds.
/// Every error is a `StoreError`.
public struct DatabaseTrialStore: TrialStore {
  let database: StoreDatabase
  let openTrials = OpenTrials()
  private let roundsOfProcesses = Rounds(secondsApart: 0.2)

  /// The studies of a store.
  public init(_ store: any DatabaseStore) { database = store.database }

  /// Adds a study.
  /// - Throws: `StoreError`; `.studyExists` where there is one of the name.
  public func create(_ study: StudyHeader) throws(StoreError) {
    try database.write { session in
      let count = try session.execute(
        """
        INSERT INTO studies (name, created, header, maximumTrials, nextNumber, sequence)
        VALUES (?, ?, ?, ?, 0, 0) ON CONFLICT (name) DO NOTHING
        """,
        [
          .text(study.name), .real(study.created.timeIntervalSinceReferenceDate),
          .text(try CanonicalJSON.string(study)),
          study.maximumTrials.map { SQLValue.integer($0) } ?? .null,
        ])
      if count == 0, !session.isRepeated { throw StoreError.studyExists(study.name) }
    }
  }

  /// The study of a name.
  /// - Throws: `StoreError`; `.notFound` where there is none.
  public func study(_ name: String) throws(StoreError) -> StudyHeader {
    try database.read { session in
      let row = try session.row(
        "SELECT header, ending FROM studies WHERE name = ?", [.text(name)])
      guard let row else { throw TrialTables(session: session, study: name).missing() }
      return try header(row)
    }
  }

  /// All studies, the newest first.
  /// - Throws: `StoreError`.
  public func studies() throws(StoreError) -> [StudyHeader] {
    try database.read { session in
      try session.rows("SELECT header, ending FROM studies ORDER BY created DESC, name")
        .map(header)
    }
  }

  func header(_ row: SQLRow) throws -> StudyHeader {
    var header = try CanonicalJSON.decode(StudyHeader.self, from: row.text(0))
    header.end = try row.optionalText(1)
    return header
  }

  /// Removes a study and its trials.
  /// - Throws: `StoreError`; `.notFound` where there is none.
  public func delete(study name: String) throws(StoreError) {
    try database.write { session in
      let count = try session.execute("DELETE FROM studies WHERE name = ?", [.text(name)])
      if count == 0, !session.isRepeated {
        throw TrialTables(session: session, study: name).missing()
      }
    }
  }

  /// Starts no trial any more; the first reason stays.
  /// - Throws: `StoreError`.
  public func end(study name: String, because reason: String) throws(StoreError) {
    try database.write { session in
      try session.execute(
        "UPDATE studies SET ending = COALESCE(ending, ?) WHERE name = ?",
        [.text(reason), .text(name)])
    }
  }

  /// Puts points before those of the sampler.
  /// - Throws: `StoreError`.
  public func enqueue(
    _ points: [[String: HyperparameterValue]], in study: String
  ) throws(StoreError) {
    try database.write { session in
      _ = try TrialTables(session: session, study: study).counters()
      let last = try session.row(
        "SELECT COALESCE(MAX(position), 0) FROM points WHERE study = ?", [.text(study)])
      let first = try last?.integer(0) ?? 0
      let rows: [[SQLValue]] = try points.enumerated().map { offset, point in
        [.text(study), .integer(first + 1 + offset), .text(try CanonicalJSON.string(point))]
      }
      try session.insert("INSERT INTO points (study, position, point)", rows)
    }
  }

  /// A trial for a worker, or nil where none may be started.
  /// - Throws: `StoreError`.
  public func claim(
    in study: String, by worker: WorkerIdentity, _ terms: ClaimTerms
  ) throws(StoreError) -> TrialClaim? {
    let now = Date()
    let lease = now.timeIntervalSinceReferenceDate + terms.leaseSeconds
    let looksForProcesses = roundsOfProcesses.isDue()
    return try database.write { session in
      let tables = TrialTables(session: session, study: study)
      if !session.isRepeated, !looksForProcesses, !terms.takesNothing, terms.resuming == nil,
        let number = try tables.newNumber(below: terms.below, now: now)
      {
        var trial = TrialRecord(number: number)
        trial.state = .running
        trial.started = now
        try tables.give(trial, to: worker, until: lease)
        return TrialClaim(trial: trial)
      }
      var counters = try tables.counters()
      let before = counters
      if session.isRepeated, let own = try ownTrial(session, study, worker) { return own }
      let mayWait = try tables.sweep(&counters, now: now, looksForProcesses: looksForProcesses)
      let claim = terms.takesNothing ? nil : try next(tables, &counters, terms, mayWait: mayWait)
      if counters != before { try tables.keep(counters) }
      guard var claim else { return nil }
      claim.trial.state = .running
      claim.trial.started = now
      try tables.give(claim.trial, to: worker, until: lease)
      return claim
    }
  }

  /// A trial that the lost answer of the same claim gave.
  private func ownTrial(
    _ session: any SQLSession, _ study: String, _ worker: WorkerIdentity
  ) throws -> TrialClaim? {
    let row = try session.row(
      """
      SELECT record, saved FROM trials
      WHERE study = ? AND sequence IS NULL AND state = 'running' AND worker = ?
      """,
      [.text(study), .text(worker.name)])
    return try row.map { try TrialTables(session: session, study: study).claim($0) }
  }

  private func next(
    _ tables: TrialTables, _ counters: inout TrialTables.Counters, _ terms: ClaimTerms,
    mayWait: Bool
  ) throws -> TrialClaim? {
    if mayWait, let waiting = try tables.first(.waiting) { return waiting }
    guard counters.ending == nil else { return nil }
    if let paused = terms.resuming, let claim = try tables.first(.paused, number: paused) {
      return claim
    }
    let most = min(counters.maximumTrials ?? .max, terms.below ?? .max)
    guard counters.nextNumber < most else { return nil }
    var trial = TrialRecord(number: counters.nextNumber)
    if counters.mayHavePoints, let point = try tables.nextPoint() {
      trial.parameters = point
      trial.isEnqueued = true
    }
    counters.nextNumber += 1
    return TrialClaim(trial: trial)
  }

  /// Keeps what a running trial has told so far and renews its lease.
  /// - Throws: `StoreError`.
  public func update(
    _ trial: TrialRecord, saved: Data?, in study: String, by worker: WorkerIdentity,
    leaseSeconds: Double
  ) throws(StoreError) -> Bool {
    let lease = Date().timeIntervalSinceReferenceDate + leaseSeconds
    return try database.single { session in
      try session.execute(
        """
        UPDATE trials SET record = ?, leaseUntil = ?, saved = COALESCE(?, saved)
        WHERE study = ? AND number = ? AND state = 'running' AND worker = ? AND attempt = ?
        """,
        [
          .text(try CanonicalJSON.string(trial)), .real(lease),
          saved.map { SQLValue.blob([UInt8]($0)) } ?? .null, .text(study), .integer(trial.number),
          .text(worker.name), .integer(trial.attempt),
        ]) > 0
    }
  }

  /// Renews the lease of a running trial.
  /// - Throws: `StoreError`.
  public func renew(
    _ number: Int, attempt: Int, in study: String, by worker: WorkerIdentity, leaseSeconds: Double
  ) throws(StoreError) -> Bool {
    let lease = Date().timeIntervalSinceReferenceDate + leaseSeconds
    return try database.single { session in
      try session.execute(
        """
        UPDATE trials SET leaseUntil = ?
        WHERE study = ? AND number = ? AND state = 'running' AND worker = ? AND attempt = ?
        """,
        [
          .real(lease), .text(study), .integer(number), .text(worker.name), .integer(attempt),
        ]) > 0
    }
  }

  /// Ends or pauses a trial, by its state.
  /// - Throws: `StoreError`.
  public func finish(
    _ trial: TrialRecord, in study: String, by worker: WorkerIdentity
  ) throws(StoreError) -> Bool {
    try database.write { session in
      try TrialTables(session: session, study: study).finish(trial, by: worker)
    }
  }
}
