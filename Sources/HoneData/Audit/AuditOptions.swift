/// How deep an audit looks.
public struct AuditOptions: Sendable {
  /// Draws the samples of tests on more data than they need.
  public var seed: UInt64
  /// The smallest difference that validation must show; nil for what usually suffices.
  public var smallestDifference: Double?
  /// What a model that had not learned from them gives some samples; nil where no run is at hand.
  public var predictions: OutOfSamplePredictions?
  /// What a model makes of validation and test samples; nil where no run is at hand.
  public var model: ModelView?

  /// The usual audit.
  public init(
    seed: UInt64 = 0, smallestDifference: Double? = nil,
    predictions: OutOfSamplePredictions? = nil, model: ModelView? = nil
  ) {
    self.seed = seed
    self.smallestDifference = smallestDifference
    self.predictions = predictions
    self.model = model
  }
}

/// The probabilities that models give samples which they were not trained on.
public struct OutOfSamplePredictions: Sendable, Equatable {
  /// The samples.
  public var samples: [Int]
  /// `[samples][classes]`.
  public var probabilities: [[Double]]

  /// Probabilities of samples.
  public init(samples: [Int] = [], probabilities: [[Double]] = []) {
    self.samples = samples
    self.probabilities = probabilities
  }
}
