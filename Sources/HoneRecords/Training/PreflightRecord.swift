/// What was measured before the first step of a run.
public struct PreflightRecord: Sendable, Codable, Equatable {
  /// The inputs as the model receives them, over a sample of the training split.
  public var input: ValueSummary?
  /// The loss of the untrained model on training batches, weight decay and penalties left out.
  public var initialLoss: Double?
  /// The standard error of `initialLoss` over batches.
  public var initialLossError: Double?
  /// The loss of always answering the class frequencies (their entropy), or the targets' mean.
  public var expectedInitialLoss: Double?
  /// The outcome of the learning-rate range test, where one was made.
  public var rangeTest: RangeTestRecord?
  /// What is random about the steps' loss, where the optimiser minds that.
  public var stepNoise: StepNoiseRecord?
  /// The layers with weights, in the order of the forward pass.
  public var layers: [LayerFact]?
  /// How loss, outputs and data fit together.
  public var wiring: WiringRecord?
  /// What the nearest neighbours reach; nil for texts and without validation.
  public var neighbours: NeighbourRecord?

  /// What was measured; nil for what was not.
  public init(
    input: ValueSummary? = nil, initialLoss: Double? = nil, initialLossError: Double? = nil,
    expectedInitialLoss: Double? = nil, rangeTest: RangeTestRecord? = nil,
    stepNoise: StepNoiseRecord? = nil
  ) {
    self.input = input
    self.initialLoss = initialLoss
    self.initialLossError = initialLossError
    self.expectedInitialLoss = expectedInitialLoss
    self.rangeTest = rangeTest
    self.stepNoise = stepNoise
  }
}

/// The distribution of a set of numbers in five figures.
public struct ValueSummary: Sendable, Codable, Equatable {
  /// The mean of the finite numbers.
  public var mean: Double
  /// The standard deviation of the finite numbers.
  public var standardDeviation: Double
  /// The smallest finite number.
  public var minimum: Double
  /// The largest finite number.
  public var maximum: Double
  /// How many numbers were infinite or not a number.
  public var nonFinite: Int

  /// A distribution in five figures.
  public init(
    mean: Double, standardDeviation: Double, minimum: Double, maximum: Double, nonFinite: Int = 0
  ) {
    self.mean = mean
    self.standardDeviation = standardDeviation
    self.minimum = minimum
    self.maximum = maximum
    self.nonFinite = nonFinite
  }
}
