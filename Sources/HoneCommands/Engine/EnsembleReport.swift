/// The models of an ensemble and what their mean answer gained.
public struct EnsembleReport: Sendable, Equatable, Codable {
  /// The models.
  public var members: [Member]
  /// What chose the weights: `uniform`, `greedy`.
  public var weighting: String
  /// What logits are divided by; nil where they are left.
  public var temperature: Double?
  /// Samples of the validation split that chose weights and temperature; zero where nothing was chosen.
  public var validationSamples: Int
  /// The expected calibration error of the mean answer before it was calibrated; nil for regression.
  public var calibrationErrorBefore: Double?
  /// The log loss before, or the mean squared error of a regression.
  public var lossBefore: Double

  /// One model.
  public struct Member: Sendable, Equatable, Codable {
    /// Its run.
    public var run: String
    /// The epoch of its weights.
    public var epoch: Int?
    /// Its share of the answer.
    public var weight: Double
    /// Its own metric on the samples.
    public var metric: Double

    /// A model.
    public init(run: String, epoch: Int?, weight: Double, metric: Double) {
      self.run = run
      self.epoch = epoch
      self.weight = weight
      self.metric = metric
    }
  }

  /// A report.
  public init(
    members: [Member], weighting: String, temperature: Double?, validationSamples: Int,
    calibrationErrorBefore: Double?, lossBefore: Double
  ) {
    self.members = members
    self.weighting = weighting
    self.temperature = temperature
    self.validationSamples = validationSamples
    self.calibrationErrorBefore = calibrationErrorBefore
    self.lossBefore = lossBefore
  }
}
