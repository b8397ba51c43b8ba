/// Where runs are kept.
///
/// Implementations are safe to call from any thread and from several processes
/// at once; each call is one transaction. Errors are those of the implementation, and explain
/// themselves to the user.
public protocol RunStore: Sendable {
  /// Adds a run or replaces the record of the same id.
  func save(_ run: RunRecord) throws
  /// Changes the record of a run in one transaction, so that nothing that another process writes in
  /// between is lost; throws where there is no such run.
  @discardableResult
  func update(
    _ run: RunRecord.ID, _ change: (inout RunRecord) -> Void
  ) throws -> RunRecord
  /// Saves what a run has become with the labels and the note that the store has, which the user may
  /// have written while the run went on; adds the run where it is not there yet.
  func saveProgress(_ run: RunRecord) throws
  /// Adds epochs to a run's series, replacing those of the same number.
  func append(_ epochs: [EpochRecord], to run: RunRecord.ID) throws
  /// Adds sampled steps to a run's series, replacing those of the same number.
  func append(_ steps: [StepRecord], to run: RunRecord.ID) throws
  /// Adds values to metrics of the program's own, replacing those of the same step.
  func append(_ metrics: [MetricSeries], to run: RunRecord.ID) throws
  /// Adds events to a run; one that is there already, to the word, is not added twice.
  func append(_ events: [RunEvent], to run: RunRecord.ID) throws
  /// Adds a file to a run's list, replacing one of the same path.
  func append(_ artifact: ArtifactRecord, to run: RunRecord.ID) throws
  /// The run of an id; throws where there is none.
  func run(_ id: RunRecord.ID) throws -> RunRecord
  /// The run that the user means by an id, a unique beginning of one, a name, or `last`.
  func find(_ reference: String) throws -> RunRecord
  /// Runs that match a filter, newest first.
  func runs(matching filter: RunFilter) throws -> [RunRecord]
  /// The lines of runs that match a filter, newest first; the way to look at thousands.
  func listings(matching filter: RunFilter) throws -> [RunListing]
  /// The names that conditions of a filter can have: numbers of runs and metric series.
  func numberNames() throws -> [String]
  /// A run with its series, as diagnosis wants it.
  func evidence(_ id: RunRecord.ID) throws -> RunEvidence
  /// The metrics of the program's own, by name.
  func metrics(of run: RunRecord.ID) throws -> [MetricSeries]
  /// What happened in a run, oldest first.
  func events(of run: RunRecord.ID) throws -> [RunEvent]
  /// The files that a run made, by path.
  func artifacts(of run: RunRecord.ID) throws -> [ArtifactRecord]
  /// Removes a run and its series. Artifacts are the caller's to remove.
  func delete(_ id: RunRecord.ID) throws
  /// Adds an improvement or replaces the one of the same id.
  func save(_ improvement: ImprovementRecord) throws
  /// The improvement of an id, a unique beginning of one, or `last`; throws where there is none.
  func improvement(_ reference: String) throws -> ImprovementRecord
}

extension RunStore {
  /// Adds an epoch to a run's series, replacing one of the same number.
  /// - Throws: the store's errors.
  public func append(_ epoch: EpochRecord, to run: RunRecord.ID) throws {
    try append([epoch], to: run)
  }

  /// Saves what a run has become, in two or three transactions.
  /// - Throws: the store's errors.
  public func saveProgress(_ run: RunRecord) throws {
    guard (try? self.run(run.id)) != nil else { return try save(run) }
    try update(run.id) { stored in
      let (tags, note) = (stored.tags, stored.note)
      stored = run
      stored.tags = tags
      stored.note = note
    }
  }
}
