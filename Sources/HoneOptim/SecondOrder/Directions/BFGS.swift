public import HoneTensor

/// Broyden, Fletcher, Goldfarb and Shanno's method: d = -H g, where H estimates the inverse Hessian.
///
/// From each step s and change y of the gradient (Nocedal and Wright 2006, section 6.1):
/// `H ← (I - ρ s yᵀ) H (I - ρ y sᵀ) + ρ s sᵀ`, ρ = 1 / yᵀs.
///
/// Memory n² for n parameter elements, and as many operations for each iteration: for problems up to
/// some thousands. H starts as the identity; a step without positive curvature leaves it alone.
public final class BFGS: Direction {
  private var inverse: Tensor?

  /// A method that starts along the negative gradient.
  public init() {}

  /// Strong Wolfe conditions, which keep yᵀs positive.
  public var usualLineSearch: any LineSearch { StrongWolfe() }

  /// The quasi-Newton direction.
  public func direction(at point: ObjectivePoint) -> Tensor {
    guard let inverse else { return point.gradient.scaled(by: -1) }
    return withoutGradients { -ATen.mv(inverse, vec: point.gradient) }
  }

  /// The step of the former decrease.
  public func firstStep(
    from point: ObjectivePoint, along direction: Tensor, former: ObjectivePoint?
  ) -> Double { stepOfFormerDecrease(from: point, along: direction, former: former) }

  /// Takes a step's curvature into the estimate.
  public func learn(from former: ObjectivePoint, to present: ObjectivePoint) {
    let step = present.position.adding(former.position, times: -1)
    let change = present.gradient.adding(former.gradient, times: -1)
    let curvature = step.inner(change)
    guard curvature > 0, curvature.isFinite else { return }
    withoutGradients {
      let count = step.count
      let inverse =
        inverse ?? ATen.eye(count, dtype: step.dtype, device: step.device)
      let image = ATen.mv(inverse, vec: change)
      let density = 1 / curvature
      let weight = density * (1 + density * change.inner(image))
      let cross = ATen.outer(step, vec2: image)
      self.inverse =
        inverse - (cross + cross.transposed()) * Scalar(density)
        + ATen.outer(step, vec2: step) * Scalar(weight)
    }
  }

  /// Takes the identity for the inverse Hessian again.
  public func forget() { inverse = nil }
}

extension Direction where Self == BFGS {
  /// Quasi-Newton with a full matrix.
  public static var bfgs: BFGS { BFGS() }
}
