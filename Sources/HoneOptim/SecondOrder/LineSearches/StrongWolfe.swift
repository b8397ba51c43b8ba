/// Looks for a step with the strong Wolfe conditions: the value falls enough,
/// f(x + t d) ≤ f(x) + c₁ t gᵀd, and the slope nearly vanishes, |g(x + t d)ᵀd| ≤ c₂ |gᵀd|.
///
/// The interval of uncertainty shrinks by Moré and Thuente's safeguarded cubic and quadratic steps (ACM
/// TOMS 20, 1994), as in MINPACK-2's `dcsrch`, which SciPy's BFGS and L-BFGS-B use. A value that is not
/// finite shortens the step. Where rounding ends the search early, the lowest step that satisfies the
/// first condition is taken.
public struct StrongWolfe: LineSearch {
  /// The share of the promised decrease that is enough: c₁.
  public let sufficientDecrease: Double
  /// The share of the first slope that may be left: c₂.
  public let curvature: Double
  /// The relative width at which the interval of uncertainty is given up.
  public let intervalTolerance: Double
  /// The longest step in directions.
  public let maximumStep: Double
  /// Steps that are tried at most.
  public let evaluations: Int

  /// A search for the strong Wolfe conditions.
  /// - Precondition: `0 < sufficientDecrease < curvature < 1`, and `evaluations` is at least 1.
  public init(
    sufficientDecrease: Double = 1e-4, curvature: Double = 0.9, intervalTolerance: Double = 1e-14,
    maximumStep: Double = 1e100, evaluations: Int = 100
  ) {
    guard 0 < sufficientDecrease, sufficientDecrease < curvature, curvature < 1, evaluations > 0
    else {
      fatalError(
        "StrongWolfe received a sufficient decrease of \(sufficientDecrease), a curvature of "
          + "\(curvature) and \(evaluations) evaluations; it needs 0 < decrease < curvature < 1 and "
          + "an evaluation.")
    }
    self.sufficientDecrease = sufficientDecrease
    self.curvature = curvature
    self.intervalTolerance = intervalTolerance
    self.maximumStep = maximumStep
    self.evaluations = evaluations
  }

  /// A step with both conditions, or the lowest with the first.
  public func search(_ line: Line) -> Line.Trial? {
    var interval = UncertaintyInterval(
      line.origin, firstStep: min(line.firstStep, maximumStep), maximum: maximumStep,
      promise: sufficientDecrease * line.origin.slope)
    var lowest: Line.Trial?
    for _ in 0..<min(evaluations, line.evaluationLimit) {
      let trial = line.trial(at: interval.step)
      guard trial.isFinite else {
        interval.retreat()
        continue
      }
      let decreases = line.decreasesEnough(trial, share: sufficientDecrease)
      if decreases, abs(trial.slope) <= -curvature * line.origin.slope, line.accepts(trial.point) {
        return trial
      }
      if decreases, trial.value < lowest?.value ?? line.origin.value { lowest = trial }
      guard interval.narrow(with: trial, tolerance: intervalTolerance) else { break }
    }
    return lowest
  }
}

extension LineSearch where Self == StrongWolfe {
  /// The strong Wolfe conditions.
  public static var strongWolfe: StrongWolfe { StrongWolfe() }
}
