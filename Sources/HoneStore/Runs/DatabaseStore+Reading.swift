import Foundation
public import HoneRecords

extension DatabaseStore {
  /// The run of an id.
  /// - Throws: `StoreError`; `.notFound` where there is none.
  public func run(_ id: RunRecord.ID) throws(StoreError) -> RunRecord {
    try database.read { try RunTables(session: $0).record(id) }
  }

  /// The run that the user means by an id, a unique beginning of one, a name, or `last`.
  /// - Throws: `StoreError`; `.notFound` or `.ambiguous` with what may have been meant.
  public func find(_ reference: String) throws(StoreError) -> RunRecord {
    try database.read { session in
      let tables = RunTables(session: session)
      if let run = try tables.recordIfThere(reference) { return run }
      if reference == "last", let id = try tables.newest() { return try tables.record(id) }
      return try tables.record(resolve(reference, among: try tables.referables(), as: .run))
    }
  }

  /// Runs that match a filter, newest first.
  /// - Throws: `StoreError`.
  public func runs(matching filter: RunFilter) throws(StoreError) -> [RunRecord] {
    try database.read { session in
      let tables = RunTables(session: session)
      let query = ListingQuery(filter, session.dialect)
      return try session.rows(
        """
        SELECT runs.id, runs.created, runs.record FROM runs JOIN (SELECT run, created, position
        FROM listings\(query.sql)) AS chosen ON chosen.run = runs.id
        ORDER BY chosen.created DESC, chosen.position DESC
        """, query.arguments
      ).map(tables.run(of:))
    }
  }

  /// The lines of runs that match a filter, newest first.
  /// - Throws: `StoreError`.
  public func listings(matching filter: RunFilter) throws(StoreError) -> [RunListing] {
    try database.read { try ListingTable(session: $0).lines(matching: filter) }
  }

  /// The names that conditions of a filter can have.
  /// - Throws: `StoreError`.
  public func numberNames() throws(StoreError) -> [String] {
    try database.read { session in
      // From name to name in the index: there are few names and many rows of each.
      try session.rows(
        """
        WITH RECURSIVE found (name) AS (
          SELECT MIN(name) FROM numbers
          UNION ALL
          SELECT (SELECT MIN(numbers.name) FROM numbers WHERE numbers.name > found.name)
          FROM found WHERE found.name IS NOT NULL)
        SELECT name FROM found WHERE name IS NOT NULL ORDER BY name
        """
      ).map { try $0.text(0) }
    }
  }

  /// A run with its series, as diagnosis wants it.
  /// - Throws: `StoreError`; `.notFound` where there is none.
  public func evidence(_ id: RunRecord.ID) throws(StoreError) -> RunEvidence {
    try database.read { session in
      let tables = RunTables(session: session)
      let run = try tables.record(id)
      let epochs = try session.rows(
        "SELECT record FROM epochs WHERE run = ? ORDER BY epoch", [.text(id)])
      let steps = try SeriesTable(session: session).read(PointBlock.stepSeries, of: id)
      return RunEvidence(
        run: run,
        epochs: try epochs.map { try tables.decode(EpochRecord.self, try $0.text(0), of: id) },
        steps: steps.steps.isEmpty ? [] : try steps.stepRecords())
    }
  }

  /// The metrics of the program's own, by name.
  /// - Throws: `StoreError`; `.notFound` where there is no such run.
  public func metrics(of run: RunRecord.ID) throws(StoreError) -> [MetricSeries] {
    try database.read { session in
      try RunTables(session: session).check(run)
      let table = SeriesTable(session: session)
      return try table.names(of: run).compactMap { series in
        guard let name = PointBlock.metric(ofSeries: series) else { return nil }
        return MetricSeries(name: name, points: try table.read(series, of: run).metricPoints())
      }
    }
  }

  /// What happened in a run, oldest first.
  /// - Throws: `StoreError`; `.notFound` where there is no such run.
  public func events(of run: RunRecord.ID) throws(StoreError) -> [RunEvent] {
    try database.read { session in
      try RunTables(session: session).check(run)
      return try session.rows(
        "SELECT time, kind, text FROM events WHERE run = ? ORDER BY time, number", [.text(run)]
      ).map { row in
        guard let kind = RunEvent.Kind(rawValue: try row.text(1)) else {
          throw UnreadableRecord(id: run, reason: "event \(try row.text(1))")
        }
        return RunEvent(
          time: Date(timeIntervalSinceReferenceDate: try row.real(0)), kind: kind,
          text: try row.text(2))
      }
    }
  }

  /// The files that a run made, by path.
  /// - Throws: `StoreError`; `.notFound` where there is no such run.
  public func artifacts(of run: RunRecord.ID) throws(StoreError) -> [ArtifactRecord] {
    try database.read { session in
      try RunTables(session: session).check(run)
      return try session.rows(
        "SELECT path, kind, bytes, digest FROM artifacts WHERE run = ? ORDER BY path", [.text(run)]
      ).map { row in
        ArtifactRecord(
          path: try row.text(0), kind: try row.text(1), bytes: try row.integer(2),
          digest: try row.optionalText(3))
      }
    }
  }

  /// The improvement of an id, a unique beginning of one, or `last`.
  /// - Throws: `StoreError`; `.notFound` or `.ambiguous` with what may have been meant.
  public func improvement(_ reference: String) throws(StoreError) -> ImprovementRecord {
    try database.read { session in
      let ids = try session.rows("SELECT id FROM improvements ORDER BY created DESC, id DESC")
      let candidates = try ids.map { Referable(id: try $0.text(0), name: nil, isPart: false) }
      let id = try resolve(reference, among: candidates, as: .improvement)
      let row = try session.row(
        "SELECT created, record FROM improvements WHERE id = ?", [.text(id)])
      guard let row else {
        throw StoreError.notFound(.improvement, reference: reference, nearest: [])
      }
      var improvement = try RunTables(session: session).decode(
        ImprovementRecord.self, try row.text(1), of: id)
      improvement.created = Date(timeIntervalSinceReferenceDate: try row.real(0))
      return improvement
    }
  }
}
