/// What a model is asked to do.
public enum TaskKind: String, Sendable, Codable, CaseIterable {
  case multiclass, binary, multilabel, regression
}

/// The task of a run as the record column sees it: names and sizes, no tensors.
public struct TaskRecord: Sendable, Codable, Equatable {
  /// The kind of task.
  public var kind: TaskKind
  /// The kind of input.
  public var input: InputKind
  /// The shape of one sample as the model receives it: `[channels, height, width]`, `[features]`.
  public var sampleShape: [Int]
  /// Class names in the order of their indices; empty for regression.
  public var classes: [String]
  /// Samples of each class in the training split; empty for regression.
  public var classCounts: [Int]
  /// Samples in the training split.
  public var trainSamples: Int
  /// Samples in the validation split.
  public var validationSamples: Int
  /// Samples in the test split.
  public var testSamples: Int
  /// Variance of the training targets; nil for classification.
  public var targetVariance: Double?

  /// What a sample is.
  public enum InputKind: String, Sendable, Codable { case image, table, text }

  /// A task by its names and sizes.
  public init(
    kind: TaskKind, input: InputKind, sampleShape: [Int], classes: [String] = [],
    classCounts: [Int] = [], trainSamples: Int, validationSamples: Int, testSamples: Int,
    targetVariance: Double? = nil
  ) {
    self.kind = kind
    self.input = input
    self.sampleShape = sampleShape
    self.classes = classes
    self.classCounts = classCounts
    self.trainSamples = trainSamples
    self.validationSamples = validationSamples
    self.testSamples = testSamples
    self.targetVariance = targetVariance
  }
}
