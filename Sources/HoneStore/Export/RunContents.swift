public import HoneRecords

/// Everything that a store holds of a run.
public struct RunContents: Sendable, Codable, Equatable {
  /// The record, epochs and sampled steps.
  public var evidence: RunEvidence
  /// The metrics of the program's own; nil in files of the first form.
  public var metrics: [MetricSeries]?
  /// What happened; nil in files of the first form.
  public var events: [RunEvent]?
  /// The files that the run made; nil in files of the first form.
  public var artifacts: [ArtifactRecord]?

  /// A run's contents by their parts.
  public init(
    evidence: RunEvidence, metrics: [MetricSeries]? = nil, events: [RunEvent]? = nil,
    artifacts: [ArtifactRecord]? = nil
  ) {
    self.evidence = evidence
    self.metrics = metrics
    self.events = events
    self.artifacts = artifacts
  }

  /// What a store holds of a run.
  /// - Throws: the store's errors.
  public init(of run: RunRecord.ID, in store: any RunStore) throws {
    self.init(
      evidence: try store.evidence(run), metrics: try store.metrics(of: run),
      events: try store.events(of: run), artifacts: try store.artifacts(of: run))
  }

  /// Adds all to a store, in place of a run of the same id.
  /// - Throws: the store's errors.
  public func save(to store: any RunStore) throws {
    let run = evidence.run
    if (try? store.run(run.id)) != nil { try store.delete(run.id) }
    try store.save(run)
    try store.append(evidence.epochs, to: run.id)
    try store.append(evidence.steps, to: run.id)
    if let metrics, !metrics.isEmpty { try store.append(metrics, to: run.id) }
    if let events, !events.isEmpty { try store.append(events, to: run.id) }
    for artifact in artifacts ?? [] { try store.append(artifact, to: run.id) }
  }
}
