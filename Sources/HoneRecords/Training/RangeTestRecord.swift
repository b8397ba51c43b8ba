/// The outcome of a learning-rate range test (Smith 2017, arXiv 1506.01186).
public struct RangeTestRecord: Sendable, Codable, Equatable {
  /// Whether the test can be trusted.
  public enum Verdict: String, Sendable, Codable { case clear, ambiguous, failed }

  /// The rates tried, ascending.
  public var learningRates: [Double]
  /// The smoothed loss at each, averaged over seeds; not finite past divergence.
  public var losses: [Double]
  /// The rate of the steepest fall, the suggestion.
  public var suggestion: Double?
  /// The rates between which the seeds' suggestions lie.
  public var interval: [Double]?
  /// The rate from which the loss rises for good.
  public var divergence: Double?
  /// Whether the suggestion can be trusted.
  public var verdict: Verdict

  /// The outcome of one test.
  public init(
    learningRates: [Double], losses: [Double], suggestion: Double? = nil,
    interval: [Double]? = nil, divergence: Double? = nil, verdict: Verdict
  ) {
    self.learningRates = learningRates
    self.losses = losses
    self.suggestion = suggestion
    self.interval = interval
    self.divergence = divergence
    self.verdict = verdict
  }
}
