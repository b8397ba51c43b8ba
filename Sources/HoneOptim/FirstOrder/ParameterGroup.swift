public import HoneTensor

/// Parameters that an optimiser treats alike.
public struct ParameterGroup {
  /// The parameters, in the order in which state is stored.
  public let parameters: [Parameter]
  /// The strength of weight decay; how it acts is the optimiser's affair.
  public let weightDecay: Double
  /// What the optimiser's learning rate is multiplied by.
  public let learningRateScale: Double

  /// A group of parameters.
  /// - Precondition: neither number is negative or not finite.
  public init(_ parameters: [Parameter], weightDecay: Double = 0, learningRateScale: Double = 1) {
    requireNonNegative(weightDecay, "weightDecay")
    requireNonNegative(learningRateScale, "learningRateScale")
    self.parameters = parameters
    self.weightDecay = weightDecay
    self.learningRateScale = learningRateScale
  }
}

/// Traps on a hyperparameter that is negative or not a finite number.
func requireNonNegative(_ value: Double, _ name: String) {
  guard value.isFinite, value >= 0 else {
    fatalError("\(name) is \(value); it must be a finite number of at least 0.")
  }
}

/// Traps on a hyperparameter outside 0..<1.
func requireFraction(_ value: Double, _ name: String) {
  guard value >= 0, value < 1 else {
    fatalError("\(name) is \(value); it must be at least 0 and less than 1.")
  }
}
