public import HoneTensor

/// When and how a trust-region least-squares iteration moves.
public struct LeastSquaresLimits: Sendable, Equatable {
  /// The relative decrease, actual and predicted, that is no longer worth it.
  public var valueTolerance: Double
  /// The radius of trust, relative to the length of the scaled parameters, that is no longer worth it.
  public var stepTolerance: Double
  /// The cosine between the residuals and any column of the Jacobian at a minimum.
  public var gradientTolerance: Double
  /// Evaluations of the residuals at most; nil is 100 for each parameter element.
  public var evaluations: Int?
  /// Accepted steps at most.
  public var iterations: Int
  /// The first radius of trust, in lengths of the scaled parameters.
  public var radius: Double

  /// Limits; the usual ones are those of SciPy's `least_squares(method="lm")`.
  public init(
    valueTolerance: Double = 1e-8, stepTolerance: Double = 1e-8, gradientTolerance: Double = 1e-8,
    evaluations: Int? = nil, iterations: Int = .max, radius: Double = 100
  ) {
    self.valueTolerance = valueTolerance
    self.stepTolerance = stepTolerance
    self.gradientTolerance = gradientTolerance
    self.evaluations = evaluations
    self.iterations = iterations
    self.radius = radius
  }
}

/// Minimizes half the sum of squared residuals by Levenberg and Marquardt's method in Moré's form, the
/// algorithm of MINPACK's `lmder` (Moré 1978; Nocedal and Wright 2006, section 10.3).
///
/// Each step minimizes ½‖J p + r‖² within a radius of trust in units of the Jacobian's column lengths;
/// the radius grows or shrinks by how well that predicted the decrease. Memory m n for m residuals and
/// n parameter elements; for each Jacobian min(m, 2n) backward passes and a singular value decomposition
/// of m n² operations; each trial one evaluation without gradients. Computes in double precision on
/// the CPU whatever the parameters are.
///
/// The parameters end at the best point found and never hold one whose value is not finite.
/// - Parameters:
///   - parameters: what to change, of one element type on one device.
///   - limits: when to end.
///   - residuals: the same differentiable function of the parameters at every call, of any shape.
/// - Returns: what was reached and why it ended; its value is half the sum of squares.
@discardableResult
public func minimizeSquares(
  _ parameters: [Parameter], limits: LeastSquaresLimits = LeastSquaresLimits(),
  residuals: @escaping () -> Tensor
) -> MinimizationResult {
  minimizeSquares(
    parameters,
    StepObjective(terms: 1, residuals: { _ in residuals() }) { _ in
      residuals().squared().sum() * 0.5
    },
    limits: limits)
}

/// Minimizes an objective that is a sum of squares.
/// - Precondition: the objective has residuals.
@discardableResult
public func minimizeSquares(
  _ parameters: [Parameter], _ objective: StepObjective,
  limits: LeastSquaresLimits = LeastSquaresLimits()
) -> MinimizationResult {
  guard let residuals = objective.residuals else {
    fatalError(
      "minimizeSquares received an objective without residuals; it needs a sum of squares.")
  }
  var fit = TrustRegionFit(
    ParameterSpace(parameters), residuals, terms: objective.terms, limits: limits)
  return fit.run()
}
