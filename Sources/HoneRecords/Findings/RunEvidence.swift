/// All that diagnosis rules may look at: records of one run, finished, running or crashed.
public struct RunEvidence: Sendable, Codable, Equatable {
  /// The run that the series belong to.
  public var run: RunRecord
  /// In order of epochs.
  public var epochs: [EpochRecord]
  /// Sampled steps in order.
  public var steps: [StepRecord]

  /// A run with its series, both in order.
  public init(run: RunRecord, epochs: [EpochRecord], steps: [StepRecord]) {
    self.run = run
    self.epochs = epochs
    self.steps = steps
  }
}
