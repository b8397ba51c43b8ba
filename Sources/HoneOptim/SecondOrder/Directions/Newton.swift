public import HoneTensor

/// Newton's method with the full Hessian: d = -Q |Λ|⁻¹ Qᵀ g for H = Q Λ Qᵀ (Nocedal and Wright 2006,
/// section 3.4).
///
/// Where the Hessian is indefinite, negative curvature counts by its size, so that the direction always
/// descends and leaves saddle points; curvature below `damping` times the largest counts as that. Memory
/// n² and n Hessian products plus n³ operations for each iteration: for some hundreds of parameter
/// elements.
public final class Newton: Direction {
  /// The least curvature as a share of the largest.
  public let damping: Double

  /// A method without memory.
  /// - Parameter damping: the least curvature as a share of the largest.
  /// - Precondition: `damping` is finite and not negative.
  public init(damping: Double = 1e-12) {
    requireNonNegative(damping, "damping")
    self.damping = damping
  }

  /// Strong Wolfe conditions: on the standard problems fewer evaluations than Armijo's rule.
  public var usualLineSearch: any LineSearch { StrongWolfe() }

  /// The damped Newton direction.
  public func direction(at point: ObjectivePoint) -> Tensor {
    let hessian = point.fullHessian()
    point.release()
    guard hessian.isFinite else { return point.gradient.scaled(by: -1) }
    return withoutGradients {
      let (values, vectors) = ATen.linalg_eigh(hessian)
      let sizes = values.absolute()
      let largest = sizes.maximum().item()
      guard largest > 0 else { return point.gradient.scaled(by: -1) }
      let bounded = sizes.clamped(minimum: Scalar(damping * largest))
      let along = ATen.mv(vectors.transposed(), vec: point.gradient) / bounded
      return -ATen.mv(vectors, vec: along)
    }
  }
}

extension Direction where Self == Newton {
  /// Newton's method with the full Hessian.
  public static var newton: Newton { Newton() }
}
