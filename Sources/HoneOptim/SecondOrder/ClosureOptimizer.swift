/// An optimiser whose step asks for the objective's value and gradient more than once: methods with a
/// line search or with curvature.
///
/// A type of this kind implements `step(evaluating:)`, which every optimiser has. Its `step()` is a
/// programmer's error where it cannot do without evaluations.
public protocol ClosureOptimizer: Optimizer {
  /// Evaluations of value and gradient that a step makes at most: what it costs beside a step of plain
  /// gradient descent.
  var evaluationsPerStep: Int { get }
  /// Whether the objective must be the same function from step to step, as the loss of all training
  /// samples without dropout is, because the method carries curvature over or trusts a line search.
  var needsSteadyObjective: Bool { get }
}

extension Optimizer {
  /// Changes the parameters once, by one evaluation of the objective, or two where `perturb()` moves.
  ///
  /// An objective that is not finite leaves the parameters alone.
  /// - Returns: the objective before the step.
  @discardableResult
  public func step(evaluating objective: StepObjective) -> Double {
    let value = objective.evaluate(parameters)
    guard value.isFinite else { return value }
    if perturb() {
      let uphill = objective.evaluate(parameters)
      guard uphill.isFinite else {
        unperturb()
        return uphill
      }
    }
    objective.boundGradients()
    step()
    return value
  }
}
