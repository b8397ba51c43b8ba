public import HoneRecords

/// What `hone evaluate` found.
public struct EvaluationReport: Sendable, Equatable {
  /// The run whose model was evaluated.
  public var run: RunRecord
  /// The numbers.
  public var evaluation: EvaluationRecord
  /// One row per class; empty for regression.
  public var classes: [ClassResult]
  /// The expected calibration error over 15 bins (arXiv 1706.04599).
  public var calibrationError: Double?
  /// The samples with the largest loss, worst first.
  public var worst: [WorstSample]
  /// The curvature of the loss; nil where it was not asked for.
  public var curvature: CurvatureRecord?
  /// The models that answered together; nil for one alone.
  public var ensemble: EnsembleReport?

  /// One class's results.
  public struct ClassResult: Sendable, Equatable, Codable {
    /// The class.
    public var name: String
    /// The share of predictions of this class that are right.
    public var precision: Double
    /// The share of this class's samples that were found.
    public var recall: Double
    /// The harmonic mean of both.
    public var f1: Double
    /// Samples of the class.
    public var samples: Int

    /// A row.
    public init(name: String, precision: Double, recall: Double, f1: Double, samples: Int) {
      self.name = name
      self.precision = precision
      self.recall = recall
      self.f1 = f1
      self.samples = samples
    }
  }

  /// A sample that the model got badly wrong.
  public struct WorstSample: Sendable, Equatable, Codable {
    /// Where the sample is from: a file, a row.
    public var sample: String
    /// The true class or value.
    public var truth: String
    /// The predicted class or value.
    public var predicted: String
    /// The probability given to the prediction; nil for regression.
    public var probability: Double?
    /// The sample's loss.
    public var loss: Double

    /// A row.
    public init(
      sample: String, truth: String, predicted: String, probability: Double?, loss: Double
    ) {
      self.sample = sample
      self.truth = truth
      self.predicted = predicted
      self.probability = probability
      self.loss = loss
    }
  }

  /// A report.
  public init(
    run: RunRecord, evaluation: EvaluationRecord, classes: [ClassResult] = [],
    calibrationError: Double? = nil, worst: [WorstSample] = [],
    curvature: CurvatureRecord? = nil, ensemble: EnsembleReport? = nil
  ) {
    self.run = run
    self.evaluation = evaluation
    self.classes = classes
    self.calibrationError = calibrationError
    self.worst = worst
    self.curvature = curvature
    self.ensemble = ensemble
  }
}
