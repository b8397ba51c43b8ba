public import HoneTensor

/// The negative gradient: d = -g (Cauchy 1847).
///
/// Needs no memory beyond the gradient and converges slowly where curvature differs between
/// directions. `SGD` without momentum is the form without a line search.
public final class SteepestDescent: Direction {
  /// A direction without memory.
  public init() {}

  /// Armijo's rule is enough: the method uses no curvature.
  public var usualLineSearch: any LineSearch { ArmijoBacktracking() }

  /// The negative gradient.
  public func direction(at point: ObjectivePoint) -> Tensor { point.gradient.scaled(by: -1) }

  /// The step of the former decrease.
  public func firstStep(
    from point: ObjectivePoint, along direction: Tensor, former: ObjectivePoint?
  ) -> Double { stepOfFormerDecrease(from: point, along: direction, former: former) }
}

extension Direction where Self == SteepestDescent {
  /// The negative gradient.
  public static var steepestDescent: SteepestDescent { SteepestDescent() }
}
