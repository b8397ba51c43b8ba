/// tanh x, between -1 and 1.
public final class Tanh: ActivationLayer {
  /// What is applied.
  public let activation: Activation = .tanh

  /// An activation.
  public init() {}
}

/// 1 / (1 + e⁻ˣ), between 0 and 1.
public final class Sigmoid: ActivationLayer {
  /// What is applied.
  public let activation: Activation = .sigmoid

  /// An activation.
  public init() {}
}
