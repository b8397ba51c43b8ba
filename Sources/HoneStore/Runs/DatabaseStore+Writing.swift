import Foundation
public import HoneRecords

extension DatabaseStore {
  /// Adds a run or replaces the record of the same id.
  /// - Throws: `StoreError`.
  public func save(_ run: RunRecord) throws(StoreError) {
    try checkIdentifier(run.id)
    try database.write { try RunTables(session: $0).save(run) }
  }

  /// Saves what a run has become with the labels and the note that the store has; adds the run where it
  /// is not there yet.
  /// - Throws: `StoreError`.
  public func saveProgress(_ run: RunRecord) throws(StoreError) {
    try checkIdentifier(run.id)
    try database.write { session in
      let tables = RunTables(session: session)
      var current = run
      if let words = try tables.wordsToKeep(run.id) { (current.tags, current.note) = words }
      try tables.save(current)
    }
  }

  /// Changes the record of a run in one transaction.
  /// - Parameter change: is made again where another process or a lost connection was in the way.
  /// - Throws: `StoreError`; `.notFound` where there is no such run.
  @discardableResult
  public func update(
    _ run: RunRecord.ID, _ change: (inout RunRecord) -> Void
  ) throws(StoreError) -> RunRecord {
    try database.write { session in
      let tables = RunTables(session: session)
      var record = try tables.recordToChange(run)
      change(&record)
      record.id = run
      try tables.save(record)
      return record
    }
  }

  /// Adds epochs to a run's series, replacing those of the same number.
  /// - Throws: `StoreError`; `.notFound` where there is no such run.
  public func append(_ epochs: [EpochRecord], to run: RunRecord.ID) throws(StoreError) {
    try database.write { session in
      try RunTables(session: session).require(run)
      let rows: [[SQLValue]] = try epochs.map { epoch in
        [.text(run), .integer(epoch.epoch), .text(try CanonicalJSON.string(epoch))]
      }
      try session.insert(
        "INSERT INTO epochs (run, epoch, record)", rows,
        "ON CONFLICT (run, epoch) DO UPDATE SET record = excluded.record")
    }
  }

  /// Adds sampled steps to a run's series, replacing those of the same number.
  /// - Throws: `StoreError`; `.notFound` where there is no such run.
  public func append(_ steps: [StepRecord], to run: RunRecord.ID) throws(StoreError) {
    try database.write { session in
      try RunTables(session: session).require(run)
      try SeriesTable(session: session).append(
        PointBlock(steps), to: PointBlock.stepSeries, of: run)
    }
  }

  /// Adds values to metrics of the program's own, replacing those of the same step.
  /// - Throws: `StoreError`; `.notFound` where there is no such run.
  public func append(_ metrics: [MetricSeries], to run: RunRecord.ID) throws(StoreError) {
    try database.write { session in
      try RunTables(session: session).require(run)
      for metric in metrics {
        try SeriesTable(session: session).append(
          PointBlock(metric.points), to: PointBlock.series(ofMetric: metric.name), of: run)
        if let last = metric.points.max(by: { $0.step < $1.step }) {
          try ListingTable(session: session).save(metric: metric.name, last, of: run)
        }
      }
    }
  }

  /// Adds events to a run; one that is there already, to the word, is not added twice.
  /// - Throws: `StoreError`; `.notFound` where there is no such run.
  public func append(_ events: [RunEvent], to run: RunRecord.ID) throws(StoreError) {
    try database.write { session in
      try RunTables(session: session).require(run)
      for event in events {
        let time = SQLValue.real(event.time.timeIntervalSinceReferenceDate)
        let content: [SQLValue] = [.text(run), time, .text(event.kind.rawValue), .text(event.text)]
        let isThere = try session.row(
          "SELECT 1 FROM events WHERE run = ? AND time = ? AND kind = ? AND text = ?", content)
        guard isThere == nil else { continue }
        try session.execute(
          """
          INSERT INTO events (run, time, kind, text, number) VALUES (?, ?, ?, ?,
            (SELECT COALESCE(MAX(number), 0) + 1 FROM events WHERE run = ?))
          """, content + [.text(run)])
      }
    }
  }

  /// Adds a file to a run's list, replacing one of the same path.
  /// - Throws: `StoreError`; `.notFound` where there is no such run.
  public func append(_ artifact: ArtifactRecord, to run: RunRecord.ID) throws(StoreError) {
    try database.write { session in
      try RunTables(session: session).require(run)
      try session.execute(
        """
        INSERT INTO artifacts (run, path, kind, bytes, digest) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (run, path) DO UPDATE SET kind = excluded.kind, bytes = excluded.bytes,
          digest = excluded.digest
        """,
        [
          .text(run), .text(artifact.path), .text(artifact.kind), .integer(artifact.bytes),
          .text(artifact.digest),
        ])
    }
  }

  /// Removes a run and its series; its artifacts are the caller's to remove.
  /// - Throws: `StoreError`; `.notFound` where there is none.
  public func delete(_ id: RunRecord.ID) throws(StoreError) {
    try database.write { session in
      let count = try session.execute("DELETE FROM runs WHERE id = ?", [.text(id)])
      // A transaction made again may have removed the run the first time.
      if count == 0, !session.isRepeated { throw try RunTables(session: session).missing(id) }
    }
  }

  /// Adds an improvement or replaces the one of the same id.
  /// - Throws: `StoreError`.
  public func save(_ improvement: ImprovementRecord) throws(StoreError) {
    try checkIdentifier(improvement.id)
    try database.write { session in
      try session.execute(
        """
        INSERT INTO improvements (id, created, record) VALUES (?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET created = excluded.created, record = excluded.record
        """,
        [
          .text(improvement.id), .real(improvement.created.timeIntervalSinceReferenceDate),
          .text(try CanonicalJSON.string(improvement)),
        ])
    }
  }
}
