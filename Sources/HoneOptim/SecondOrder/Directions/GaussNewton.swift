public import HoneTensor

/// Gauss and Newton's method for sums of squares: d = -J⁺ r, where J is the Jacobian of the residuals
/// (Nocedal and Wright 2006, section 10.3).
///
/// The least-squares solution of smallest length, by singular values above `cutoff` times the largest.
/// Memory m n for m residuals and n parameter elements, min(m, 2n) backward passes and m n² operations
/// for each iteration. `minimizeSquares` damps the step by a trust region instead and is safer far from
/// the minimum.
public final class GaussNewton: Direction {
  /// The least singular value that counts, as a share of the largest.
  public let cutoff: Double

  /// A method without memory.
  /// - Precondition: `cutoff` is finite and not negative.
  public init(cutoff: Double = 1e-12) {
    requireNonNegative(cutoff, "cutoff")
    self.cutoff = cutoff
  }

  /// Strong Wolfe conditions.
  public var usualLineSearch: any LineSearch { StrongWolfe() }

  /// The Gauss-Newton direction.
  /// - Precondition: the objective has residuals.
  public func direction(at point: ObjectivePoint) -> Tensor {
    guard let (residuals, jacobian) = point.residualsAndJacobian() else {
      fatalError("GaussNewton received an objective without residuals; it needs a sum of squares.")
    }
    guard jacobian.isFinite else { return point.gradient.scaled(by: -1) }
    return withoutGradients {
      let (left, sizes, right) = ATen.linalg_svd(jacobian, full_matrices: false)
      let bound = cutoff * sizes.maximum().item()
      let inverse = (sizes.reciprocal()).where(sizes .> Scalar(bound), otherwise: sizes.zerosLike())
      let along = ATen.mv(left.transposed(), vec: residuals) * inverse
      return (-ATen.mv(right.transposed(), vec: along)).cast(to: point.position.dtype)
        .to(point.position.device)
    }
  }
}

extension Direction where Self == GaussNewton {
  /// Gauss and Newton's method for sums of squares.
  public static var gaussNewton: GaussNewton { GaussNewton() }
}
