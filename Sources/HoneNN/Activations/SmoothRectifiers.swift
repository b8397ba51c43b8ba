/// x Φ(x), with the normal distribution function (Hendrycks and Gimpel 2016).
public final class GELU: ActivationLayer {
  /// What is applied.
  public let activation: Activation

  /// An activation.
  /// - Parameter approximation: how Φ is computed.
  public init(approximation: GELUApproximation = .none) {
    activation = .gelu(approximation: approximation)
  }
}

/// x σ(x), also called swish (Ramachandran and others
/// 2017).
public final class SiLU: ActivationLayer {
  /// What is applied.
  public let activation: Activation = .silu

  /// An activation.
  public init() {}
}

/// x tanh(softplus(x)) (Misra 2019).
public final class Mish: ActivationLayer {
  /// What is applied.
  public let activation: Activation = .mish

  /// An activation.
  public init() {}
}

/// x min(max(x + 3, 0), 6) / 6, a cheap swish (Howard and others
/// 2019).
public final class HardSwish: ActivationLayer {
  /// What is applied.
  public let activation: Activation = .hardSwish

  /// An activation.
  public init() {}
}

/// log(1 + e^(βx)) / β, a smooth and positive rectifier (Dugas and others 2001).
public final class Softplus: ActivationLayer {
  /// What is applied.
  public let activation: Activation

  /// An activation.
  /// - Parameters:
  ///   - beta: how sharp the bend is.
  ///   - threshold: where βx exceeds it, x itself is given, to which the formula rounds.
  public init(beta: Double = 1, threshold: Double = 20) {
    activation = .softplus(beta: beta, threshold: threshold)
  }
}

/// log(1 / (1 + e⁻ˣ)), always negative: a log probability.
public final class LogSigmoid: ActivationLayer {
  /// What is applied.
  public let activation: Activation = .logSigmoid

  /// An activation.
  public init() {}
}
