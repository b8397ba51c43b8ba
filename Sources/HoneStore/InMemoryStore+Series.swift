public import HoneRecords
import Synchronization

extension InMemoryStore {
  /// Changes the record of a run; nothing else changes it meanwhile.
  /// - Throws: `StoreError.notFound` where there is no such run.
  @discardableResult
  public func update(
    _ run: RunRecord.ID, _ change: (inout RunRecord) -> Void
  ) throws(StoreError) -> RunRecord {
    let changed: RunRecord? = contents.withLock { contents in
      guard let index = contents.runs.firstIndex(where: { $0.record.id == run }) else { return nil }
      change(&contents.runs[index].record)
      contents.runs[index].record.id = run
      return contents.runs[index].record
    }
    guard let changed else { return try self.run(run) }
    return changed
  }

  /// Adds values to metrics of the program's own, replacing those of the same step.
  /// - Throws: `StoreError.notFound` where there is no such run.
  public func append(_ metrics: [MetricSeries], to run: RunRecord.ID) throws(StoreError) {
    _ = try self.run(run)
    contents.withLock { contents in
      for metric in metrics {
        for point in metric.points {
          contents.metrics[run, default: [:]][metric.name, default: [:]][point.step] = point
        }
      }
    }
  }

  /// Adds events to a run; one that is there already, to the word, is not added twice.
  /// - Throws: `StoreError.notFound` where there is no such run.
  public func append(_ events: [RunEvent], to run: RunRecord.ID) throws(StoreError) {
    _ = try self.run(run)
    contents.withLock { contents in
      for event in events where contents.events[run]?.contains(event) != true {
        contents.events[run, default: []].append(event)
      }
    }
  }

  /// Adds a file to a run's list, replacing one of the same path.
  /// - Throws: `StoreError.notFound` where there is no such run.
  public func append(_ artifact: ArtifactRecord, to run: RunRecord.ID) throws(StoreError) {
    _ = try self.run(run)
    contents.withLock { $0.artifacts[run, default: [:]][artifact.path] = artifact }
  }

  /// The lines of runs that match a filter, newest first.
  public func listings(matching filter: RunFilter) throws(StoreError) -> [RunListing] {
    try runs(matching: filter).map(RunListing.init)
  }

  /// The names that conditions of a filter can have.
  public func numberNames() throws(StoreError) -> [String] {
    let metrics = contents.withLock { $0.metrics.values.flatMap(\.keys) }
    let numbers = newestRuns().flatMap { RunNumbers.numbers(of: $0).keys }
    return Set(metrics + numbers).sorted()
  }

  /// The metrics of the program's own, by name.
  /// - Throws: `StoreError.notFound` where there is no such run.
  public func metrics(of run: RunRecord.ID) throws(StoreError) -> [MetricSeries] {
    _ = try self.run(run)
    let metrics = contents.withLock { $0.metrics[run] ?? [:] }
    return metrics.sorted { $0.key < $1.key }.map { name, points in
      MetricSeries(name: name, points: points.sorted { $0.key < $1.key }.map(\.value))
    }
  }

  /// What happened in a run, oldest first.
  /// - Throws: `StoreError.notFound` where there is no such run.
  public func events(of run: RunRecord.ID) throws(StoreError) -> [RunEvent] {
    _ = try self.run(run)
    let events = contents.withLock { $0.events[run] ?? [] }
    return events.enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }
    .map(\.element)
  }

  /// The files that a run made, by path.
  /// - Throws: `StoreError.notFound` where there is no such run.
  public func artifacts(of run: RunRecord.ID) throws(StoreError) -> [ArtifactRecord] {
    _ = try self.run(run)
    return contents.withLock { $0.artifacts[run] ?? [:] }.sorted { $0.key < $1.key }.map(\.value)
  }
}

extension RunFilter {
  /// Whether a run meets all that is asked for but the limit.
  /// - Parameter metrics: the last values of the run's own metrics.
  func matches(_ run: RunRecord, metrics: [String: Double]) -> Bool {
    let line = RunListing(run)
    let text = ListingTable.lowercased(line.name, line.dataSource)
    let isData = data.map {
      line.dataSource.lowercased().contains($0.lowercased()) || line.dataFingerprint.hasPrefix($0)
    }
    let isPlain =
      (includesChildren || run.parent == nil) && (status == nil || run.status == status)
      && (tag.map(run.tags.contains) ?? true) && (model == nil || line.model == model)
    let isInTime =
      since.map { run.created >= $0 } ?? true && before.map { run.created < $0 } ?? true
    guard isPlain, isInTime, isData ?? true || data == "" else { return false }
    guard self.text.map({ $0.isEmpty || text.contains($0.lowercased()) }) ?? true else {
      return false
    }
    guard finding.map({ name in run.findings.contains { $0.id == name } }) ?? true else {
      return false
    }
    let numbers = RunNumbers.numbers(of: run)
    return conditions.allSatisfy { condition in
      [numbers[condition.name], metrics[condition.name]].compactMap(\.self)
        .contains { $0.isFinite && condition.isMet(by: $0) }
    }
  }
}
