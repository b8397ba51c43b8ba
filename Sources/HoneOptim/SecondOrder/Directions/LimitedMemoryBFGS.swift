public import HoneTensor

/// BFGS with the last few steps instead of a matrix (Liu and Nocedal 1989).
///
/// Memory 2 m n and 4 m n operations for each iteration, for n parameter elements and m steps kept: the
/// method of choice for smooth problems of any size. Without bounds it takes the steps of L-BFGS-B
/// (Zhu, Byrd, Lu and Nocedal 1997). `LBFGS` is the form that a training loop calls.
public final class LimitedMemoryBFGS: Direction {
  /// How many steps are remembered.
  public let history: Int
  private var pairs: CurvaturePairs

  /// A method that starts along the negative gradient.
  /// - Precondition: `history` is at least 1.
  public init(history: Int = 10) {
    guard history > 0 else {
      fatalError("LimitedMemoryBFGS received a history of \(history); it must be at least 1.")
    }
    self.history = history
    pairs = CurvaturePairs(capacity: history)
  }

  /// Strong Wolfe conditions with L-BFGS-B's sufficient decrease of 1e-3.
  public var usualLineSearch: any LineSearch {
    StrongWolfe(sufficientDecrease: 1e-3, intervalTolerance: 0.1, maximumStep: 1e10)
  }

  /// The quasi-Newton direction.
  public func direction(at point: ObjectivePoint) -> Tensor {
    pairs.direction(against: point.gradient)
  }

  /// A step of at most unit length before curvature is known, a whole step after.
  public func firstStep(
    from point: ObjectivePoint, along direction: Tensor, former: ObjectivePoint?
  ) -> Double { pairs.pairs.isEmpty ? min(1, 1 / direction.length) : 1 }

  /// Remembers a step with its change of the gradient, unless its curvature is lost in rounding.
  public func learn(from former: ObjectivePoint, to present: ObjectivePoint) {
    let step = present.position.adding(former.position, times: -1)
    let unit = step.dtype == .float64 ? Double.ulpOfOne : Double(Float.ulpOfOne)
    pairs.add(
      step: step, change: present.gradient.adding(former.gradient, times: -1),
      above: max(0, -unit * former.gradient.inner(step)))
  }

  /// Starts along the negative gradient again.
  public func forget() { pairs = CurvaturePairs(capacity: history) }
}

extension Direction where Self == LimitedMemoryBFGS {
  /// Quasi-Newton with the last steps.
  public static func lbfgs(history: Int = 10) -> LimitedMemoryBFGS {
    LimitedMemoryBFGS(history: history)
  }
}
