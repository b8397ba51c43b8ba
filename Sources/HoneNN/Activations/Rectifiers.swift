/// max(0, x).
public final class ReLU: ActivationLayer {
  /// What is applied.
  public let activation: Activation = .relu

  /// An activation.
  public init() {}
}

/// x, times a small slope where negative (Maas et al.
///
/// 2013).
public final class LeakyReLU: ActivationLayer {
  /// What is applied.
  public let activation: Activation

  /// An activation.
  /// - Parameter slope: the slope where negative.
  public init(slope: Double = 0.01) { activation = .leakyReLU(slope: slope) }
}

/// x, or α(eˣ - 1) where negative (Clevert et al.
///
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
/// Weights before it should start with `Initializer.leCunNormal` (Klambauer et al. 2017).
public final class SELU: ActivationLayer {
  /// What is applied.
  public let activation: Activation = .selu

  /// An activation.
  public init() {}
}
