public import HoneTensor

/// Bounds each unit's gradient by a share of the norm of its weights (AGC, arXiv 2102.06171):
/// `G ← G · min(1, factor · max(‖W‖, epsilon) / ‖G‖)`.
///
/// A unit is an index of a weight's first dimension; a parameter of fewer than two dimensions is one
/// unit. The paper, by Brock and others (2021), leaves the last layer out, which is the caller's choice of parameters.
public struct AdaptiveClipping: Sendable, Equatable, Codable {
  /// The largest ratio of a gradient's norm to its weights' norm.
  public let factor: Double
  /// The norm that weights are taken to have at least, so that units of zeros can move.
  public let epsilon: Double

  /// A bound with the paper's values.
  /// - Precondition: both numbers are positive.
  public init(factor: Double = 0.01, epsilon: Double = 1e-3) {
    requirePositive(factor, "The factor of adaptive clipping")
    requirePositive(epsilon, "The epsilon of adaptive clipping")
    self.factor = factor
    self.epsilon = epsilon
  }

  /// Scales down what exceeds the bound; parameters without a gradient are left alone.
  ///
  /// Does not wait for the device.
  public func apply(to parameters: [Parameter]) {
    withoutGradients {
      for parameter in parameters {
        guard let gradient = parameter.gradient else { continue }
        let allowed = unitNorms(parameter.value).clamped(minimum: Scalar(epsilon)) * Scalar(factor)
        // A unit without gradient divides by zero, which the bound of 1 turns into "unchanged".
        ATen.mul__Tensor(gradient, other: (allowed / unitNorms(gradient)).clamped(maximum: 1))
      }
    }
  }
}

/// The Euclidean norm of each unit, in a shape that broadcasts to the tensor's.
func unitNorms(_ tensor: Tensor) -> Tensor {
  let rank = tensor.rank
  if rank < 2 { return ATen.linalg_vector_norm(tensor) }
  return ATen.linalg_vector_norm(tensor, dim: Array(1..<rank), keepdim: true)
}
