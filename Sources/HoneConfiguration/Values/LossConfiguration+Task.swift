package import HoneRecords

extension LossConfiguration {
  /// The name that a file chooses the loss by: `crossEntropy`.
  public var name: String { componentName(of: self) }

  /// What a loss judges a model's outputs against.
  package enum Target: Sendable, Equatable {
    /// A class among several, two included.
    case classes
    /// One of two classes, from a single output.
    case twoClasses
    /// A number.
    case numbers
  }

  /// What the loss judges outputs against; nil where the task decides.
  package var target: Target? {
    switch self {
    case .auto: nil
    case .crossEntropy, .focal, .klDivergence, .multiMargin, .crossEntropyOnProbabilities: .classes
    case .binaryCrossEntropy, .binaryFocal, .binaryCrossEntropyOnProbabilities, .hinge,
      .squaredHinge:
      .twoClasses
    case .meanSquaredError, .meanAbsoluteError, .huber, .smoothL1, .quantile, .poissonNLL,
      .gaussianNLL:
      .numbers
    }
  }

  /// Whether the loss fits a task.
  package func fits(_ task: TaskKind) -> Bool {
    switch (target, task) {
    case (nil, _), (.classes, .multiclass), (.classes, .binary), (.twoClasses, .binary),
      (.numbers, .regression):
      true
    default: false
    }
  }

  /// The weights of the classes' losses; nil where every class weighs 1.
  package var classWeights: [Double]? {
    switch self {
    case .crossEntropy(_, let weights, _), .focal(_, let weights, _),
      .multiMargin(_, _, let weights), .crossEntropyOnProbabilities(_, let weights):
      weights
    default: nil
    }
  }

  /// The class index that takes no part; nil for losses without such.
  package var ignoreIndex: Int? {
    switch self {
    case .crossEntropy(_, _, let index), .focal(_, _, let index): index
    default: nil
    }
  }
}
