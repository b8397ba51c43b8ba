/// When a minimization ends.
public struct MinimizationLimits: Sendable, Equatable {
  /// The largest absolute element of the gradient at a minimum.
  public var gradientTolerance: Double
  /// The decrease in an iteration, relative to the larger of the values' sizes and 1, that is no longer
  /// worth it; 0 ends nothing.
  public var valueTolerance: Double
  /// The mean absolute change of an element in an iteration that is no longer worth it; 0 ends
  /// nothing.
  public var stepTolerance: Double
  /// Iterations at most; nil is 200 for each parameter element.
  public var iterations: Int?
  /// Evaluations of the objective at most.
  public var evaluations: Int

  /// Limits; the usual ones are SciPy's for BFGS.
  public init(
    gradientTolerance: Double = 1e-5, valueTolerance: Double = 0, stepTolerance: Double = 0,
    iterations: Int? = nil, evaluations: Int = .max
  ) {
    self.gradientTolerance = gradientTolerance
    self.valueTolerance = valueTolerance
    self.stepTolerance = stepTolerance
    self.iterations = iterations
    self.evaluations = evaluations
  }
}
