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

/// x σ(x), also called swish (Ramachandran et al.
///
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

/// x min(max(x + 3, 0), 6) / 6, a cheap swish (Howard et al.
///
/// 2019).
public final class HardSwish: ActivationLayer {
  /// What is applied.
  public let activation: Activation = .hardSwish

  /// An activation.
  public init() {}
}

/// log(1 + eˣ), a smooth and positive rectifier.
public final class Softplus: ActivationLayer {
  /// What is applied.
  public let activation: Activation = .softplus

  /// An activation.
  public init() {}
}
