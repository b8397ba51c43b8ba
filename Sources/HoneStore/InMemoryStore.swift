public import HoneRecords
import Synchronization

/// A store that ends with the process: for tests, trials and libraries that keep nothing.
public final class InMemoryStore: RunStore {
  struct Contents {
    var runs: [(record: RunRecord, order: Int)] = []
    var epochs: [RunRecord.ID: [Int: EpochRecord]] = [:]
    var steps: [RunRecord.ID: [Int: StepRecord]] = [:]
    var metrics: [RunRecord.ID: [String: [Int: MetricPoint]]] = [:]
    var events: [RunRecord.ID: [RunEvent]] = [:]
    var artifacts: [RunRecord.ID: [String: ArtifactRecord]] = [:]
    var improvements: [(record: ImprovementRecord, order: Int)] = []
    var count = 0
  }

  let contents = Mutex(Contents())

  /// An empty store.
  public init() {}

  /// Adds a run or replaces the record of the same id.
  /// - Throws: `StoreError.invalidIdentifier`.
  public func save(_ run: RunRecord) throws(StoreError) {
    try checkIdentifier(run.id)
    contents.withLock { contents in
      if let index = contents.runs.firstIndex(where: { $0.record.id == run.id }) {
        contents.runs[index].record = run
      } else {
        contents.count += 1
        contents.runs.append((run, contents.count))
      }
    }
  }

  /// Adds epochs to a run's series, replacing those of the same number.
  /// - Throws: `StoreError.notFound` where there is no such run.
  public func append(_ epochs: [EpochRecord], to run: RunRecord.ID) throws(StoreError) {
    _ = try self.run(run)
    contents.withLock { contents in
      for epoch in epochs { contents.epochs[run, default: [:]][epoch.epoch] = epoch }
    }
  }

  /// Adds sampled steps to a run's series, replacing those of the same number.
  /// - Throws: `StoreError.notFound` where there is no such run.
  public func append(_ steps: [StepRecord], to run: RunRecord.ID) throws(StoreError) {
    _ = try self.run(run)
    contents.withLock { contents in
      for step in steps { contents.steps[run, default: [:]][step.step] = step }
    }
  }

  /// The run of an id.
  /// - Throws: `StoreError.notFound` where there is none.
  public func run(_ id: RunRecord.ID) throws(StoreError) -> RunRecord {
    let runs = newestRuns()
    if let run = runs.first(where: { $0.id == id }) { return run }
    throw missingRun(id, among: runs.map(Referable.init))
  }

  /// The run that the user means by an id, a unique beginning of one, a name, or `last`.
  /// - Throws: `StoreError.notFound` or `StoreError.ambiguous`.
  public func find(_ reference: String) throws(StoreError) -> RunRecord {
    try run(resolve(reference, among: newestRuns().map(Referable.init), as: .run))
  }

  /// Runs that match a filter, newest first.
  public func runs(matching filter: RunFilter) throws(StoreError) -> [RunRecord] {
    let last = contents.withLock { contents in
      contents.metrics.mapValues { metrics in
        metrics.compactMapValues { points in points.max { $0.key < $1.key }?.value.value }
      }
    }
    let matching = newestRuns().filter { filter.matches($0, metrics: last[$0.id] ?? [:]) }
    return Array(matching.prefix(max(0, filter.limit ?? .max)))
  }

  /// A run with its series, as diagnosis wants it.
  /// - Throws: `StoreError.notFound` where there is none.
  public func evidence(_ id: RunRecord.ID) throws(StoreError) -> RunEvidence {
    let run = try run(id)
    return contents.withLock { contents in
      RunEvidence(
        run: run,
        epochs: (contents.epochs[id] ?? [:]).values.sorted { $0.epoch < $1.epoch },
        steps: (contents.steps[id] ?? [:]).values.sorted { $0.step < $1.step })
    }
  }

  /// Removes a run and its series.
  /// - Throws: `StoreError.notFound` where there is none.
  public func delete(_ id: RunRecord.ID) throws(StoreError) {
    _ = try run(id)
    contents.withLock { contents in
      contents.runs.removeAll { $0.record.id == id }
      contents.epochs[id] = nil
      contents.steps[id] = nil
      contents.metrics[id] = nil
      contents.events[id] = nil
      contents.artifacts[id] = nil
    }
  }

  /// Adds an improvement or replaces the one of the same id.
  /// - Throws: `StoreError.invalidIdentifier`.
  public func save(_ improvement: ImprovementRecord) throws(StoreError) {
    try checkIdentifier(improvement.id)
    contents.withLock { contents in
      if let index = contents.improvements.firstIndex(where: { $0.record.id == improvement.id }) {
        contents.improvements[index].record = improvement
      } else {
        contents.count += 1
        contents.improvements.append((improvement, contents.count))
      }
    }
  }

  /// The improvement of an id, a unique beginning of one, or `last`.
  /// - Throws: `StoreError.notFound` or `StoreError.ambiguous`.
  public func improvement(_ reference: String) throws(StoreError) -> ImprovementRecord {
    let improvements = contents.withLock { contents in
      contents.improvements.sorted {
        ($0.record.created, $0.order) > ($1.record.created, $1.order)
      }.map(\.record)
    }
    let candidates = improvements.map { Referable(id: $0.id, name: nil, isPart: false) }
    let id = try resolve(reference, among: candidates, as: .improvement)
    guard let found = improvements.first(where: { $0.id == id }) else {
      throw .notFound(.improvement, reference: reference, nearest: [])
    }
    return found
  }

  func newestRuns() -> [RunRecord] {
    contents.withLock { contents in
      contents.runs.sorted { ($0.record.created, $0.order) > ($1.record.created, $1.order) }
        .map(\.record)
    }
  }
}

extension Referable {
  init(_ run: RunRecord) {
    self.init(id: run.id, name: run.name, isPart: run.parent != nil)
  }
}
