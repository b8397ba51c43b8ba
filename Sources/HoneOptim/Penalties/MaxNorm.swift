public import HoneTensor

/// A bound on the norm of the weights into each unit.
///
/// It bounds weights; clipping bounds gradients. Srebro and Shraibman 2005 (COLT); with dropout,
/// Srivastava et al. 2014 (JMLR 15).
public struct MaxNorm: Sendable, Equatable, Codable {
  /// The largest Euclidean norm.
  public let limit: Double

  /// A bound.
  /// - Precondition: `limit` is positive.
  public init(_ limit: Double) {
    requirePositive(limit, "The largest weight norm")
    self.limit = limit
  }

  /// Scales down, after an optimiser's step, what exceeds the bound.
  ///
  /// The first dimension of a weight counts its units; parameters of fewer than two dimensions are
  /// left alone.
  public func apply(to parameters: [Parameter]) {
    withoutGradients {
      for parameter in parameters where parameter.shape.count >= 2 {
        let inputs = Array(1..<parameter.shape.count)
        let norms = ATen.linalg_vector_norm(parameter.value, dim: inputs, keepdim: true)
        // A unit of zeros divides by zero, which the bound of 1 turns into "unchanged".
        ATen.mul__Tensor(parameter.value, other: (Scalar(limit) / norms).clamped(maximum: 1))
      }
    }
  }
}
