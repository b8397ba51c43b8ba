/// Shortens the step until the value falls by a share of what the slope promises:
/// f(x + t d) ≤ f(x) + c t gᵀd (Armijo 1966; Nocedal and Wright 2006, algorithm 3.1).
///
/// Each shorter step is the minimum of the parabola through the start's value and slope and the failed
/// value, kept within a tenth to a half of the failed step. Evaluates gradients at the accepted step
/// only, and does not keep curvature positive, as BFGS wants it: for Newton's methods and steepest
/// descent.
public struct ArmijoBacktracking: LineSearch {
  /// The share of the promised decrease that is enough: c.
  public let sufficientDecrease: Double
  /// Steps that are tried at most.
  public let evaluations: Int

  /// A search by Armijo's rule.
  /// - Precondition: `sufficientDecrease` is in 0..<1 and `evaluations` at least 1.
  public init(sufficientDecrease: Double = 1e-4, evaluations: Int = 60) {
    requireFraction(sufficientDecrease, "sufficientDecrease")
    guard evaluations > 0 else {
      fatalError("ArmijoBacktracking received \(evaluations) evaluations; it needs at least 1.")
    }
    self.sufficientDecrease = sufficientDecrease
    self.evaluations = evaluations
  }

  /// The first step that satisfies the rule.
  public func search(_ line: Line) -> Line.Trial? {
    var step = line.firstStep
    for _ in 0..<min(evaluations, line.evaluationLimit) {
      let trial = line.valueTrial(at: step)
      if trial.isFinite, line.decreasesEnough(trial, share: sufficientDecrease) {
        return trial.value < line.origin.value ? trial : nil
      }
      let excess = trial.value - line.origin.value - step * line.origin.slope
      let parabola = -line.origin.slope * step * step / (2 * excess)
      step = parabola.isFinite ? min(max(parabola, 0.1 * step), 0.5 * step) : 0.1 * step
    }
    return nil
  }
}

extension LineSearch where Self == ArmijoBacktracking {
  /// Backtracking by Armijo's rule.
  public static var armijo: ArmijoBacktracking { ArmijoBacktracking() }
}
