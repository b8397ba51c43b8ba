/// One remedy tried against the unchanged configuration with paired seeds.
public struct ExperimentRecord: Sendable, Codable, Equatable {
  /// What the interval says.
  public enum Decision: String, Sendable, Codable { case kept, rejected, inconclusive }

  /// The remedy's id.
  public var remedy: String
  /// The finding that called for it; nil for remedies tried on principle.
  public var finding: FindingName?
  /// The configuration keys that the remedy set, by dotted path.
  public var change: [String: ConfigurationValue]
  /// The mean over seeds of the unchanged configuration's metric.
  public var baselineMetric: Double
  /// The mean over seeds of the changed configuration's metric.
  public var metric: Double
  /// The mean paired difference, in the direction of improvement.
  public var delta: Double
  /// The interval of `delta`: lower and upper bound.
  public var interval: [Double]
  /// The confidence level of `interval` after correction for the number of remedies tried.
  public var level: Double
  /// How many paired seeds were run.
  public var seeds: Int
  /// What became of the remedy.
  public var decision: Decision
  /// Wall-clock seconds of the remedy's own runs.
  public var seconds: Double
  /// Configurations tried to find this one; nil where there was one.
  public var trials: Int?

  /// The outcome of one remedy.
  public init(
    remedy: String, finding: FindingName? = nil, change: [String: ConfigurationValue],
    baselineMetric: Double, metric: Double, delta: Double, interval: [Double], level: Double,
    seeds: Int, decision: Decision, seconds: Double
  ) {
    self.remedy = remedy
    self.finding = finding
    self.change = change
    self.baselineMetric = baselineMetric
    self.metric = metric
    self.delta = delta
    self.interval = interval
    self.level = level
    self.seeds = seeds
    self.decision = decision
    self.seconds = seconds
  }
}
