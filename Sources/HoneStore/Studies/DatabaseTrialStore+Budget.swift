public import HoneRecords

// What bounds a study, and what becomes of trials whose process has ended.
extension DatabaseTrialStore {
  /// Lets a study go on that has ended, with other limits.
  /// - Throws: `StoreError`; `.notFound` where there is none.
  public func reopen(
    study name: String, maximumTrials: Int?, maximumEpochs: Int? = nil, definition: String? = nil
  ) throws(StoreError) {
    try database.write { session in
      var header = try header(name, session)
      header.end = nil
      header.maximumTrials = maximumTrials
      header.maximumEpochs = maximumEpochs
      if let definition { header.definition = definition }
      try session.execute(
        "UPDATE studies SET ending = NULL, maximumTrials = ?, header = ? WHERE name = ?",
        [
          maximumTrials.map { SQLValue.integer($0) } ?? .null,
          .text(try CanonicalJSON.string(header)), .text(name),
        ])
    }
  }

  /// Begins an epoch of a study with a limit of them.
  /// - Throws: `StoreError`.
  public func beginEpoch(in study: String) throws(StoreError) -> Bool {
    try database.write { session in
      var header = try header(study, session)
      guard let most = header.maximumEpochs else { return true }
      let used = header.epochs ?? 0
      guard used < most else { return false }
      header.epochs = used + 1
      try keep(header, session)
      return true
    }
  }

  /// Gives back an epoch that was begun and not used.
  /// - Throws: `StoreError`.
  public func returnEpoch(in study: String) throws(StoreError) {
    try database.write { session in
      var header = try header(study, session)
      guard let used = header.epochs, used > 0 else { return }
      header.epochs = used - 1
      try keep(header, session)
    }
  }

  /// Takes from the workers of a process of this machine, which has ended, the trials that they had.
  /// - Throws: `StoreError`.
  public func lose(
    process: Int32, in study: String, failure: TrialFailure?, note: String
  ) throws(StoreError) -> [TrialRecord] {
    try database.write { session in
      let tables = TrialTables(session: session, study: study)
      var counters = try tables.counters()
      // Another worker may have noticed already: the trial then waits for somebody to try it again.
      let rows = try session.rows(
        """
        SELECT record, state FROM trials
        WHERE study = ? AND sequence IS NULL AND state IN ('running', 'waiting') AND host = ?
          AND process = ?
        ORDER BY number
        """, [.text(study), .text(WorkerIdentity.thisHost), .integer(Int(process))])
      let trials = try rows.map { row in
        var trial = try tables.record(row.text(0))
        if try row.text(1) == TrialState.waiting.rawValue {
          trial.state = .waiting
          trial.note = note
          guard let failure else {
            try tables.write(trial, sequence: nil)
            return trial
          }
          return try tables.fail(trial, &counters, failure, note)
        }
        return try tables.retire(trial, &counters, failure, note)
      }
      try tables.keep(counters)
      return trials
    }
  }

  /// The study's header, its row held until the transaction ends.
  private func header(_ study: String, _ session: any SQLSession) throws -> StudyHeader {
    let row = try session.row(
      "SELECT header, ending FROM studies WHERE name = ?" + session.dialect.locking,
      [.text(study)])
    guard let row else { throw TrialTables(session: session, study: study).missing() }
    return try header(row)
  }

  private func keep(_ header: StudyHeader, _ session: any SQLSession) throws {
    var header = header
    header.end = nil
    try session.execute(
      "UPDATE studies SET header = ? WHERE name = ?",
      [.text(try CanonicalJSON.string(header)), .text(header.name)])
  }
}
