public import HoneTensor

/// The absolute penalty `strength · Σ|w|` as a step of its own after the optimiser's: every weight
/// moves towards zero by `learningRate · strength` and stops there (iterative soft thresholding,
/// Beck and Teboulle 2009).
///
/// Weights become exactly zero, which a penalty in the loss never achieves: its gradient, ±strength,
/// makes them cross zero back and forth. Under an adaptive optimiser the threshold is that of the
/// learning rate, not of each weight's own step: the penalty is then the same for all weights, and
/// stronger in relation where the optimiser steps are small.
public struct ProximalL1: Sendable, Equatable, Codable {
  /// The strength of the sum of absolute weights.
  public let strength: Double

  /// A penalty.
  /// - Precondition: `strength` is positive.
  public init(_ strength: Double) {
    requirePositive(strength, "The strength of the proximal L1 penalty")
    self.strength = strength
  }

  /// Shrinks the weights after a step of the optimiser, by its learning rate and each group's scale.
  ///
  /// Parameters of fewer than two dimensions, such as biases, and those that are not trained are left
  /// alone. Does not wait for the device.
  public func apply(after optimizer: any Optimizer) {
    for group in optimizer.groups {
      let weights = group.parameters.filter { $0.isTrainable && $0.value.rank >= 2 }
      let step = optimizer.learningRate * group.learningRateScale
      Self.shrink(weights, by: strength * step)
    }
  }

  /// `sign(w) · max(|w| - threshold, 0)` for each weight, in place.
  /// - Precondition: `threshold` is not negative.
  public static func shrink(_ parameters: [Parameter], by threshold: Double) {
    requireNonNegative(threshold, "The threshold")
    guard threshold > 0, !parameters.isEmpty else { return }
    withoutGradients {
      let values = parameters.map(\.value)
      // What a weight loses is itself, bounded by the threshold.
      let lost = ATen._foreach_clamp_min_Scalar(values, scalar: Scalar(-threshold))
      ATen._foreach_clamp_max__Scalar(lost, scalar: Scalar(threshold))
      ATen._foreach_sub__List(values, other: lost)
    }
  }
}
