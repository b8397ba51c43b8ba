/// How loss, outputs and data fit together, measured before the first step.
public struct WiringRecord: Sendable, Codable, Equatable {
  /// What a loss expects of the model's outputs.
  public enum Expectation: String, Sendable, Codable, CaseIterable {
    /// Any numbers; the loss applies its own softmax or sigmoid.
    case logits
    /// Numbers of 0...1 that are logarithms' arguments.
    case probabilities
    /// Numbers to be near the target.
    case values
    /// Not known.
    case unknown
  }

  /// The name of the loss.
  public var loss: String
  /// What the loss expects.
  public var expects: Expectation
  /// What acts last on the model's output: `softmax`, `sigmoid`, `relu`, or `none`.
  public var outputActivation: String
  /// The numbers that the model gives for a sample.
  public var outputs: Int
  /// The outputs before training.
  public var output: ValueSummary?
  /// The targets of a regression, as the loss sees them.
  public var targets: ValueSummary?
  /// The inputs of the validation split.
  public var validationInput: ValueSummary?
  /// The loss of a batch taken twice over the loss of the batch: 1 for a mean, 2 for a sum.
  public var duplicationRatio: Double?
  /// Whether a sample's output depends on other samples in evaluation mode.
  public var outputLeaks: Bool
  /// Whether a sample's loss depends on the outputs of other samples.
  public var lossLeaks: Bool
  /// The loss where every input is zero.
  public var zeroInputLoss: Double?
  /// The samples that training and validation share.
  public var sharedSamples: Int
  /// The samples of a batch.
  public var batchSize: Int
  /// The steps of an epoch.
  public var stepsPerEpoch: Int
  /// Whether training samples are changed at random.
  public var isAugmented: Bool
  /// The largest probability of dropping; zero without dropout.
  public var dropout: Double
  /// The penalty on squared weights, as weight decay.
  public var weightDecay: Double

  /// A record of a loss and an output, all else unknown.
  public init(
    loss: String, expects: Expectation, outputActivation: String = "none", outputs: Int = 1
  ) {
    self.loss = loss
    self.expects = expects
    self.outputActivation = outputActivation
    self.outputs = outputs
    outputLeaks = false
    lossLeaks = false
    sharedSamples = 0
    batchSize = 0
    stepsPerEpoch = 0
    isAugmented = false
    dropout = 0
    weightDecay = 0
  }
}

/// What a model without training reaches: the mean of the nearest neighbours.
public struct NeighbourRecord: Sendable, Codable, Equatable {
  /// The neighbours that vote.
  public var neighbours: Int
  /// The training samples searched.
  public var samples: Int
  /// The share of validation samples answered rightly, or of the targets' variance explained.
  public var score: Double
  /// The standard error of the score over validation samples.
  public var error: Double

  /// A record of the values given.
  public init(neighbours: Int, samples: Int, score: Double, error: Double) {
    self.neighbours = neighbours
    self.samples = samples
    self.score = score
    self.error = error
  }
}
