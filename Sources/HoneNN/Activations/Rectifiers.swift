/// max(0, x).
public final class ReLU: ActivationLayer {
  /// What is applied.
  public let activation: Activation = .relu

  /// An activation.
  public init() {}
}

/// x, times a small slope where negative (Maas and others
/// 2013).
public final class LeakyReLU: ActivationLayer {
  /// What is applied.
  public let activation: Activation

  /// An activation.
  /// - Parameter slope: the slope where negative.
  public init(slope: Double = 0.01) { activation = .leakyReLU(slope: slope) }
}

/// x, or α(eˣ - 1) where negative (Clevert and others
/// 2016).
public final class ELU: ActivationLayer {
  /// What is applied.
  public let activation: Activation

  /// An activation.
  /// - Parameter alpha: the negated limit far to the left.
  public init(alpha: Double = 1) { activation = .elu(alpha: alpha) }
}

/// ELU, scaled so that networks normalize themselves.
///
/// Weights before it should start with `Initializer.leCunNormal` (Klambauer and others 2017).
public final class SELU: ActivationLayer {
  /// What is applied.
  public let activation: Activation = .selu

  /// An activation.
  public init() {}
}

/// max(0, x) + min(0, α(e^(x/α) - 1)): ELU with a continuous derivative for every α (Barron 2017).
public final class CELU: ActivationLayer {
  /// What is applied.
  public let activation: Activation

  /// An activation.
  /// - Parameter alpha: the negated limit far to the left.
  public init(alpha: Double = 1) {
    guard alpha != 0 else { fatalError("CELU got alpha: 0; it divides by alpha.") }
    activation = .celu(alpha: alpha)
  }
}

/// min(max(0, x), 6), which keeps a low-precision range (Krizhevsky 2010).
public final class ReLU6: ActivationLayer {
  /// What is applied.
  public let activation: Activation = .relu6

  /// An activation.
  public init() {}
}

/// x where it exceeds a threshold, a constant elsewhere.
public final class Threshold: ActivationLayer {
  /// What is applied.
  public let activation: Activation

  /// An activation.
  /// - Parameters:
  ///   - threshold: what x must exceed.
  ///   - value: the constant elsewhere.
  public init(_ threshold: Double, value: Double) {
    activation = .threshold(threshold, value: value)
  }
}
