public import HoneTensor

/// A penalty on the size of weights: `l1 * Σ|w| + l2 / 2 * Σw²`.
///
/// Its gradient, `l1 * sign(w) + l2 * w`, acts as any other part of the loss's. Decoupled weight decay
/// (Loshchilov and Hutter 2017, arXiv 1711.05101) differs under adaptive optimisers and belongs to the
/// optimiser.
public struct WeightPenalty: Sendable, Equatable, Codable {
  /// The strength of the sum of absolute weights.
  public var l1: Double
  /// The strength of half the sum of squared weights.
  public var l2: Double

  /// A penalty of the given strengths.
  /// - Precondition: neither is negative or not finite.
  public init(l1: Double = 0, l2: Double = 0) {
    requireNonNegative(l1, "l1")
    requireNonNegative(l2, "l2")
    self.l1 = l1
    self.l2 = l2
  }

  /// A mixture (Zou and Hastie 2005): `mixing` of the strength goes to absolute weights, the rest to
  /// squared ones.
  /// - Precondition: `mixing` is in 0...1.
  public static func elasticNet(strength: Double, mixing: Double = 0.5) -> WeightPenalty {
    guard (0...1).contains(mixing) else {
      fatalError("An elastic net's mixing is \(mixing); it must be in 0...1.")
    }
    return WeightPenalty(l1: strength * mixing, l2: strength * (1 - mixing))
  }

  /// Whether the penalty is nothing.
  public var isZero: Bool { l1 == 0 && l2 == 0 }

  /// The sum of two penalties.
  public static func + (left: WeightPenalty, right: WeightPenalty) -> WeightPenalty {
    WeightPenalty(l1: left.l1 + right.l1, l2: left.l2 + right.l2)
  }

  /// The penalty as a scalar tensor that can be differentiated and added to a loss.
  public func loss(of parameters: [Parameter]) -> Tensor {
    var total: Tensor?
    for parameter in parameters {
      let weights = parameter.value
      if l1 > 0 { total = sum(total, weights.absolute().sum() * Scalar(l1)) }
      if l2 > 0 { total = sum(total, weights.squared().sum() * Scalar(l2 / 2)) }
    }
    return total ?? Tensor(0)
  }

  /// Adds the penalty's gradient to the gradients present.
  ///
  /// This saves the graph that `loss(of:)` builds. Parameters without a gradient are left alone.
  public func addGradients(to parameters: [Parameter]) {
    withoutGradients {
      let pairs = parameters.compactMap { parameter in
        parameter.gradient.map { (parameter.value, $0) }
      }
      if pairs.isEmpty { return }
      let values = pairs.map(\.0)
      let gradients = pairs.map(\.1)
      if l1 > 0 {
        ATen._foreach_add__List(gradients, other: ATen._foreach_sign(values), alpha: Scalar(l1))
      }
      if l2 > 0 { ATen._foreach_add__List(gradients, other: values, alpha: Scalar(l2)) }
    }
  }

  private func sum(_ total: Tensor?, _ term: Tensor) -> Tensor {
    guard let total else { return term }
    return total + term
  }
}
