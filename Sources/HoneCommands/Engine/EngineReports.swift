public import HoneRecords
public import HoneText

/// What `hone evaluate` found.
public struct EvaluationReport: Sendable, Equatable {
  /// The run whose model was evaluated.
  public var run: RunRecord
  /// The numbers.
  public var evaluation: EvaluationRecord
  /// One row per class; empty for regression.
  public var classes: [ClassResult]
  /// The expected calibration error over 15 bins (Guo et al. 2017, arXiv 1706.04599).
  public var calibrationError: Double?
  /// The samples with the largest loss, worst first.
  public var worst: [WorstSample]

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
    calibrationError: Double? = nil, worst: [WorstSample] = []
  ) {
    self.run = run
    self.evaluation = evaluation
    self.classes = classes
    self.calibrationError = calibrationError
    self.worst = worst
  }
}

/// A model's answer to one input.
public struct Prediction: Sendable, Equatable {
  /// The input as the user named it.
  public var input: String
  /// Classes and their probabilities, most probable first; empty for regression.
  public var classes: [Candidate]
  /// The predicted value; nil for classification.
  public var value: Double?

  /// A class and its probability.
  public struct Candidate: Sendable, Equatable {
    /// The class.
    public var name: String
    /// Its probability.
    public var probability: Double

    /// A candidate.
    public init(name: String, probability: Double) {
      self.name = name
      self.probability = probability
    }
  }

  /// An answer.
  public init(input: String, classes: [Candidate] = [], value: Double? = nil) {
    self.input = input
    self.classes = classes
    self.value = value
  }
}

/// What `hone check` found.
public struct CheckReport: Sendable, Equatable {
  /// The data as the user named them.
  public var data: String
  /// The task read off the data, with sizes of the splits.
  public var task: TaskRecord
  /// What is wrong with data or set-up, most important first.
  public var findings: [Finding]
  /// The recipe's first steps, in order.
  public var gates: [Gate]

  /// A test that must pass before a long run is worth it.
  public struct Gate: Sendable, Equatable {
    /// Its name: `initialLoss`, `overfitOneBatch`, ….
    public var id: String
    /// Whether it passed.
    public var passed: Bool
    /// What was measured; nil where it could not be.
    public var value: Double?
    /// What would have passed: `2.30 ± 0.12`.
    public var expected: String
    /// One sentence for the user.
    public var message: Localized

    /// A gate.
    public init(id: String, passed: Bool, value: Double?, expected: String, message: Localized) {
      self.id = id
      self.passed = passed
      self.value = value
      self.expected = expected
      self.message = message
    }
  }

  /// A report.
  public init(data: String, task: TaskRecord, findings: [Finding], gates: [Gate]) {
    self.data = data
    self.task = task
    self.findings = findings
    self.gates = gates
  }
}
