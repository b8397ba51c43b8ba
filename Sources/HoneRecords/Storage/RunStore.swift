/// Where runs are kept.
///
/// Implementations are safe to call from any thread and from several processes
/// at once; each call is one transaction. Errors are those of the implementation, and explain
/// themselves to the user.
public protocol RunStore: Sendable {
  /// Adds a run or replaces the record of the same id.
  func save(_ run: RunRecord) throws
  /// Adds an epoch to a run's series, replacing one of the same number.
  func append(_ epoch: EpochRecord, to run: RunRecord.ID) throws
  /// Adds sampled steps to a run's series, replacing those of the same number.
  func append(_ steps: [StepRecord], to run: RunRecord.ID) throws
  /// The run of an id; throws where there is none.
  func run(_ id: RunRecord.ID) throws -> RunRecord
  /// The run that the user means by an id, a unique beginning of one, a name, or `last`.
  func find(_ reference: String) throws -> RunRecord
  /// Runs that match a filter, newest first.
  func runs(matching filter: RunFilter) throws -> [RunRecord]
  /// A run with its series, as diagnosis wants it.
  func evidence(_ id: RunRecord.ID) throws -> RunEvidence
  /// Removes a run and its series. Artifacts are the caller's to remove.
  func delete(_ id: RunRecord.ID) throws
  /// Adds an improvement or replaces the one of the same id.
  func save(_ improvement: ImprovementRecord) throws
  /// The improvement of an id, a unique beginning of one, or `last`; throws where there is none.
  func improvement(_ reference: String) throws -> ImprovementRecord
}

/// Which runs to list.
public struct RunFilter: Sendable, Equatable {
  /// Only runs that stand so; nil for all.
  public var status: RunStatus?
  /// Only runs with this tag; nil for all.
  public var tag: String?
  /// Part of the run's name or data source.
  public var text: String?
  /// Whether to list runs that belong to an improvement.
  public var includesChildren: Bool
  /// At most so many; nil for no limit.
  public var limit: Int?

  /// A filter that leaves out what is not asked for.
  public init(
    status: RunStatus? = nil, tag: String? = nil, text: String? = nil,
    includesChildren: Bool = false, limit: Int? = nil
  ) {
    self.status = status
    self.tag = tag
    self.text = text
    self.includesChildren = includesChildren
    self.limit = limit
  }
}
