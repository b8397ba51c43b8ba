/// x moved toward zero by λ, and zero within λ of it: the proximal operator of the L1 norm.
public final class SoftShrink: ActivationLayer {
  /// What is applied.
  public let activation: Activation

  /// An activation.
  /// - Precondition: λ is not negative.
  public init(lambda: Double = 0.5) {
    requireNotNegative(lambda, of: "SoftShrink")
    activation = .softShrink(lambda: lambda)
  }
}

/// x, and zero within λ of zero.
public final class HardShrink: ActivationLayer {
  /// What is applied.
  public let activation: Activation

  /// An activation.
  /// - Precondition: λ is not negative.
  public init(lambda: Double = 0.5) {
    requireNotNegative(lambda, of: "HardShrink")
    activation = .hardShrink(lambda: lambda)
  }
}

/// x - tanh x.
public final class TanhShrink: ActivationLayer {
  /// What is applied.
  public let activation: Activation = .tanhShrink

  /// An activation.
  public init() {}
}

private func requireNotNegative(_ lambda: Double, of layer: String) {
  guard lambda >= 0 else { fatalError("\(layer) got lambda: \(lambda); it must be 0 or more.") }
}
