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

/// min(max(x + 3, 0), 6) / 6, a cheap sigmoid (Courbariaux and others 2015, with PyTorch's slope).
public final class HardSigmoid: ActivationLayer {
  /// What is applied.
  public let activation: Activation = .hardSigmoid

  /// An activation.
  public init() {}
}

/// x, cut off at two bounds (Collobert 2004).
public final class HardTanh: ActivationLayer {
  /// What is applied.
  public let activation: Activation

  /// An activation.
  /// - Precondition: the minimum is less than the maximum.
  public init(minimum: Double = -1, maximum: Double = 1) {
    guard minimum < maximum else {
      fatalError(
        "HardTanh got minimum: \(minimum), maximum: \(maximum); the minimum must be smaller.")
    }
    activation = .hardTanh(minimum: minimum, maximum: maximum)
  }
}

/// x / (1 + |x|), which nears its bounds -1 and 1 more slowly than tanh (Turian and others 2009).
public final class Softsign: ActivationLayer {
  /// What is applied.
  public let activation: Activation = .softsign

  /// An activation.
  public init() {}
}
