public import HoneTensor

/// Where to look for a lower value: one half of a minimization method, the other being a `LineSearch`.
///
/// A direction remembers what it learns from step to step; use an instance for one minimization at a
/// time.
public protocol Direction: AnyObject {
  /// The line search that the method is usually run with.
  var usualLineSearch: any LineSearch { get }
  /// The direction from a point, not necessarily of unit length.
  ///
  /// Where it does not descend, steepest descent takes its place.
  func direction(at point: ObjectivePoint) -> Tensor
  /// The step length to try first along a direction.
  func firstStep(from point: ObjectivePoint, along direction: Tensor, former: ObjectivePoint?)
    -> Double
  /// Whether a step may be taken that satisfies the line search; a search goes on where it may not.
  func accepts(_ present: ObjectivePoint, from former: ObjectivePoint) -> Bool
  /// Learns from a step that was taken.
  func learn(from former: ObjectivePoint, to present: ObjectivePoint)
  /// Forgets what it learned.
  func forget()
}

extension Direction {
  /// A whole step: right for directions that are scaled by curvature.
  public func firstStep(
    from point: ObjectivePoint, along direction: Tensor, former: ObjectivePoint?
  ) -> Double { 1 }
  /// Takes every step.
  public func accepts(_ present: ObjectivePoint, from former: ObjectivePoint) -> Bool { true }
  /// Learns nothing.
  public func learn(from former: ObjectivePoint, to present: ObjectivePoint) {}
  /// Has nothing to forget.
  public func forget() {}
}

/// The step that would repeat the last decrease.
///
/// Nocedal and Wright (Numerical Optimization, 2006, section 3.5): `min(1, 1.01 · 2 (f - f₋₁) / slope)`.
///
/// Before any step the last decrease is taken to be half the gradient's length, as SciPy does, so that
/// the first change is of about unit length.
func stepOfFormerDecrease(
  from point: ObjectivePoint, along direction: Tensor, former: ObjectivePoint?
) -> Double {
  let slope = point.gradient.inner(direction)
  let before = former?.value ?? point.value + point.gradient.length / 2
  let step = 1.01 * 2 * (point.value - before) / slope
  return step > 0 ? min(1, step) : 1
}
