public import HoneTensor

/// The divergence of a target distribution from the model's (Kullback and Leibler 1951):
/// `Σ t (log t - x)` with x the logarithms of the model's probabilities.
///
/// As in PyTorch `.mean` divides by the number of elements; `batchMean(_:_:)` divides by that of
/// samples, which is the divergence of the definition.
public struct KLDivergence: Sendable, Hashable {
  /// Whether the target, too, is given as logarithms.
  public let isTargetLogarithmic: Bool

  /// A divergence.
  public init(isTargetLogarithmic: Bool = false) {
    self.isTargetLogarithmic = isTargetLogarithmic
  }

  /// The divergence of a batch.
  /// - Parameters:
  ///   - logarithms: the logarithms of the model's probabilities, `[batch, …]`, as of `logSoftmax`.
  ///   - target: probabilities, or their logarithms, of the same shape.
  ///   - reduction: how the elements become one number.
  public func callAsFunction(
    _ logarithms: Tensor, _ target: Tensor, reduction: Loss.Reduction = .mean
  ) -> Tensor {
    guard let refusal = mismatch("KLDivergence", [logarithms, target]) else {
      let logarithms = raised(logarithms)
      return ATen.kl_div(
        logarithms, target: target.cast(to: logarithms.dtype), reduction: reduction.rawValue,
        log_target: isTargetLogarithmic)
    }
    return refusal
  }

  /// The mean over samples of their divergences.
  public func batchMean(_ logarithms: Tensor, _ target: Tensor) -> Tensor {
    self(logarithms, target, reduction: .sum) / Scalar(Double(max(1, logarithms.shape.first ?? 1)))
  }
}

/// The negative logarithm of a normal distribution's likelihood, for models that give a mean and a
/// variance (Nix and Weigend 1994): `(log v + (x - t)² / v) / 2`.
public struct GaussianNLL: Sendable, Hashable {
  /// Whether the constant `log(2π) / 2` is added.
  public let isFull: Bool
  /// The smallest variance that counts; as in PyTorch the bound does not stop the gradient.
  public let epsilon: Double

  /// A likelihood.
  /// - Precondition: `epsilon` is positive.
  public init(isFull: Bool = false, epsilon: Double = 1e-6) {
    requirePositive(epsilon, "epsilon", of: "GaussianNLL")
    self.isFull = isFull
    self.epsilon = epsilon
  }

  /// The loss of a batch.
  /// - Parameters:
  ///   - mean: the means, `[batch, …]`.
  ///   - variance: the variances, of the same shape, not negative.
  ///   - target: the values, of the same shape.
  ///   - reduction: how the elements become one number.
  public func callAsFunction(
    _ mean: Tensor, variance: Tensor, _ target: Tensor, reduction: Loss.Reduction = .mean
  ) -> Tensor {
    if let refusal = mismatch("GaussianNLL", [mean, variance, target]) { return refusal }
    let mean = raised(mean)
    let variance = raised(variance)
    // The bound's value with the variance's gradient: PyTorch bounds outside of the graph.
    let bounded = withoutGradients {
      variance.detached().clamped(minimum: Scalar(epsilon)) - variance.detached()
    }
    let spread = variance + bounded
    var losses = (spread.logarithm() + (mean - target).squared() / spread) * 0.5
    if isFull { losses = losses + Scalar(0.918_938_533_204_672_7) }  // log(2π) / 2
    return reduced(losses, reduction)
  }
}

/// The failure of tensors whose shapes differ; nil where they are equal.
func mismatch(_ name: String, _ tensors: [Tensor]) -> Tensor? {
  if tensors.contains(where: \.isPoisoned) { return .poisoned }
  let shapes = tensors.map(\.shape)
  guard shapes.contains(where: { $0 != shapes[0] }) else { return nil }
  return failPrecondition("\(name) received tensors of shapes \(shapes); they must be equal.")
}
