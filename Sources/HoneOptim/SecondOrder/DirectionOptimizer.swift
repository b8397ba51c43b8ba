public import HoneTensor

/// Any direction with any line search as a training loop calls it: each step minimizes the objective by
/// some iterations.
///
/// Curvature is learned anew in every step, so that a step means the same whatever objective came
/// before, and a checkpoint holds nothing but the learning rate. What a step costs in memory and time is
/// the direction's, times its iterations.
public final class DirectionOptimizer: ClosureOptimizer {
  /// The parameters, all in one group: the method treats them as one vector.
  public let groups: [ParameterGroup]
  /// What the first trial along each direction is multiplied by.
  public var learningRate: Double
  /// Iterations in a step.
  public let iterations: Int
  /// How the last step ended.
  public private(set) var lastResult: MinimizationResult?
  private let name: String
  private let direction: any Direction
  private let lineSearch: any LineSearch

  /// An optimiser of parameters of one element type on one device.
  /// - Parameters:
  ///   - parameters: what to change.
  ///   - name: what the stored state is called, such as `bfgs`.
  ///   - direction: where to look.
  ///   - lineSearch: how far to go; the direction's usual search where nil.
  ///   - learningRate: what the first trial along each direction is multiplied by.
  ///   - iterations: iterations in a step.
  /// - Precondition: `iterations` is at least 1, the rate finite and not negative.
  public init(
    _ parameters: [Parameter], name: String, direction: any Direction,
    lineSearch: (any LineSearch)? = nil, learningRate: Double = 1, iterations: Int = 20
  ) {
    requireNonNegative(learningRate, "learningRate")
    guard iterations > 0 else {
      fatalError("DirectionOptimizer received \(iterations) iterations; it needs at least 1.")
    }
    groups = [ParameterGroup(parameters)]
    self.name = name
    self.direction = direction
    self.lineSearch = lineSearch ?? direction.usualLineSearch
    self.learningRate = learningRate
    self.iterations = iterations
  }

  /// Twice as many as there are iterations; products with the Hessian come on top.
  public var evaluationsPerStep: Int { 2 * iterations }
  /// A line search that fits one batch overfits that batch.
  public var needsSteadyObjective: Bool { true }

  /// Cannot step from gradients alone.
  public func step() { requireObjective(name) }

  /// Minimizes the objective by some iterations.
  @discardableResult
  public func step(evaluating objective: StepObjective) -> Double {
    // Frozen parameters have no derivatives.
    let function = ObjectiveFunction(parameters.filter(\.isTrainable), objective)
    var descent = Descent(
      function, direction: direction, lineSearch: lineSearch,
      limits: MinimizationLimits(
        gradientTolerance: 1e-7, iterations: iterations, evaluations: evaluationsPerStep),
      stepScale: learningRate)
    let before = descent.start.value
    lastResult = descent.run()
    return before
  }

  /// The learning rate.
  public var state: OptimizerState {
    OptimizerState(kind: name, scalars: ["learningRate": learningRate])
  }

  /// Takes over the rate of an optimiser of the same name.
  public func load(_ state: OptimizerState) throws(OptimizerStateError) {
    learningRate = try rate(of: state, kind: name)
  }
}

/// Levenberg and Marquardt's method as a training loop calls it: each step minimizes the objective by
/// some trust-region steps.
///
/// For regression with squared error. The Jacobian has a row for each sample and output and a column
/// for each parameter element: for small networks and data sets. The radius of trust starts anew in
/// every step.
public final class LevenbergMarquardt: ClosureOptimizer {
  /// The parameters, all in one group.
  public let groups: [ParameterGroup]
  /// What the first radius of trust, 100 lengths of the scaled parameters, is multiplied by.
  public var learningRate: Double
  /// Trust-region steps in a step.
  public let iterations: Int
  /// How the last step ended.
  public private(set) var lastResult: MinimizationResult?

  /// An optimiser of parameters of one element type on one device.
  /// - Precondition: `iterations` is at least 1, the rate finite and not negative.
  public init(_ parameters: [Parameter], learningRate: Double = 1, iterations: Int = 20) {
    requireNonNegative(learningRate, "learningRate")
    guard iterations > 0 else {
      fatalError("LevenbergMarquardt received \(iterations) iterations; it needs at least 1.")
    }
    groups = [ParameterGroup(parameters)]
    self.learningRate = learningRate
    self.iterations = iterations
  }

  /// Twice as many as there are iterations; the Jacobian's backward passes come on top.
  public var evaluationsPerStep: Int { 2 * iterations }
  /// A fit of one batch overfits that batch.
  public var needsSteadyObjective: Bool { true }

  /// Cannot step from gradients alone.
  public func step() { requireObjective("LevenbergMarquardt") }

  /// Minimizes the objective by some trust-region steps.
  /// - Precondition: the objective has residuals.
  @discardableResult
  public func step(evaluating objective: StepObjective) -> Double {
    let before = objective.evaluate(parameters)
    guard before.isFinite else { return before }
    lastResult = minimizeSquares(
      parameters.filter(\.isTrainable), objective,
      limits: LeastSquaresLimits(
        evaluations: evaluationsPerStep, iterations: iterations, radius: 100 * learningRate))
    return before
  }

  /// The learning rate.
  public var state: OptimizerState {
    OptimizerState(kind: "LevenbergMarquardt", scalars: ["learningRate": learningRate])
  }

  /// Takes over the rate of a `LevenbergMarquardt`.
  public func load(_ state: OptimizerState) throws(OptimizerStateError) {
    learningRate = try rate(of: state, kind: "LevenbergMarquardt")
  }
}

/// The learning rate in the state of an optimiser that remembers nothing else.
private func rate(
  of state: OptimizerState, kind: String
) throws(OptimizerStateError) -> Double {
  guard state.kind == kind else { throw .kind(found: state.kind, expected: kind) }
  guard let rate = state.scalars["learningRate"] else { throw .missing(name: "learningRate") }
  if let entry = state.tensors.first { throw .unexpected(name: entry.name) }
  return rate
}
