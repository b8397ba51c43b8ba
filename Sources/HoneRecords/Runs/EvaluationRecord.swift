/// A model's result on one split.
public struct EvaluationRecord: Sendable, Codable, Equatable {
  /// `test`, `validation`, `train`, or a data source's name.
  public var split: String
  /// How many samples were evaluated.
  public var samples: Int
  /// The mean loss over the samples.
  public var loss: Double
  /// The value of the run's metric.
  public var metric: Double
  /// A 95 % interval of the metric by bootstrap over samples.
  public var interval: [Double]?
  /// Counts by true class (row) and predicted class (column); empty for regression.
  public var confusion: [[Int]]
  /// Further metrics by name.
  public var metrics: [String: Double]
  /// Confidence against accuracy, the reliability diagram's points; nil for regression.
  public var calibration: [CalibrationBin]?
  /// The epoch whose weights were evaluated.
  public var epoch: Int?

  /// The result of one evaluation.
  public init(
    split: String, samples: Int, loss: Double, metric: Double, interval: [Double]? = nil,
    confusion: [[Int]] = [], metrics: [String: Double] = [:],
    calibration: [CalibrationBin]? = nil, epoch: Int? = nil
  ) {
    self.split = split
    self.samples = samples
    self.loss = loss
    self.metric = metric
    self.interval = interval
    self.confusion = confusion
    self.metrics = metrics
    self.calibration = calibration
    self.epoch = epoch
  }
}
