public import HoneNN
public import HoneRecords

/// How a run ended.
///
/// The model holds the kept weights.
public struct TrainingOutcome: Sendable {
  /// The run with its status, best and last epoch, times.
  public var record: RunRecord
  /// Every epoch that ended.
  public var history: [EpochRecord]
  /// The kept weights.
  public var kept: StateDictionary
}
