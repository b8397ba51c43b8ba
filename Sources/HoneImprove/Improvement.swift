public import HoneData
public import HoneNN
public import HoneRecords
public import HoneTrain

/// What came of an improvement: the ledger and both models.
public struct Improvement: Sendable {
  /// The ledger.
  public var record: ImprovementRecord
  /// The unchanged configuration's model.
  public var baseline: TrainedModel
  /// The final configuration's model; the baseline's where nothing was proven.
  public var final: TrainedModel
}

/// A trained model with its run's records.
public struct TrainedModel: Sendable {
  /// The run and its series.
  public var evidence: RunEvidence
  /// The kept weights.
  public var state: StateDictionary
  /// What turns samples into the model's inputs.
  public var preprocessor: Preprocessor
  /// The outputs on the test split; nil without one.
  public var test: EvaluationResult?
}
