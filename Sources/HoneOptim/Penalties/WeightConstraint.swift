public import HoneTensor

/// A set that weights are brought back into after each step of the optimiser.
///
/// The same four as in Keras. Units are indices of a weight's first dimension; parameters of fewer than
/// two dimensions, such as biases and the scales of normalisation layers, are left alone.
public enum WeightConstraint: Sendable, Equatable, Codable {
  /// Each unit's norm is at most a limit (`MaxNorm`).
  case maxNorm(limit: Double)
  /// No weight is negative.
  case nonNegative
  /// Each unit's norm is one.
  case unitNorm
  /// Each unit's norm lies between two bounds; `rate` is the share of the way there that one step
  /// takes.
  case minMaxNorm(minimum: Double, maximum: Double, rate: Double = 1)

  /// What Keras adds to norms before it divides by them.
  private static let epsilon = 1e-7

  /// Brings the weights into the set.
  ///
  /// Does not wait for the device.
  /// - Precondition: a limit is positive; a minimum is not negative and not above its maximum; a rate is
  ///   in 0...1.
  public func apply(to parameters: [Parameter]) {
    switch self {
    case .maxNorm(let limit): MaxNorm(limit).apply(to: parameters)
    case .nonNegative:
      change(parameters) { ATen.clamp_min_($0, min: 0) }
    case .unitNorm:
      change(parameters) {
        ATen.div__Tensor($0, other: unitNorms($0) + Scalar(Self.epsilon))
      }
    case .minMaxNorm(let minimum, let maximum, let rate):
      requireBounds(minimum, maximum, rate)
      change(parameters) { weights in
        let norms = unitNorms(weights)
        let bounded = norms.clamped(minimum: Scalar(minimum), maximum: Scalar(maximum))
        let wanted = bounded * Scalar(rate) + norms * Scalar(1 - rate)
        ATen.mul__Tensor(weights, other: wanted / (norms + Scalar(Self.epsilon)))
      }
    }
  }

  private func change(_ parameters: [Parameter], _ body: (Tensor) -> Void) {
    withoutGradients {
      for parameter in parameters where parameter.isTrainable && parameter.shape.count >= 2 {
        body(parameter.value)
      }
    }
  }

  private func requireBounds(_ minimum: Double, _ maximum: Double, _ rate: Double) {
    guard minimum >= 0, minimum <= maximum, maximum.isFinite, (0...1).contains(rate) else {
      fatalError(
        "WeightConstraint.minMaxNorm got minimum \(minimum), maximum \(maximum), rate \(rate); it "
          + "needs 0 <= minimum <= maximum and a rate in 0...1.")
    }
  }
}
