public import HoneTensor

/// Minimizes an objective over parameters by a direction and a line search.
///
/// ```swift
/// let result = minimize(parameters, direction: .lbfgs(history: 10)) { loss(model(inputs), targets) }
/// print(result.value, result.explanation.english)
/// ```
///
/// The parameters end at the best point found, the start included; they never hold a point whose value
/// is not finite. Where a line search fails, memory of curvature is dropped and the negative gradient
/// tried once before giving up.
/// - Parameters:
///   - parameters: what to change, of one element type on one device.
///   - direction: where to look.
///   - lineSearch: how far to go; the direction's usual search where nil.
///   - limits: when to end.
///   - objective: the same scalar function of the parameters at every call, once differentiable (twice
///     for Newton's methods).
/// - Returns: what was reached and why it ended.
@discardableResult
public func minimize(
  _ parameters: [Parameter], direction: any Direction = LimitedMemoryBFGS(),
  lineSearch: (any LineSearch)? = nil, limits: MinimizationLimits = MinimizationLimits(),
  objective: @escaping () -> Tensor
) -> MinimizationResult {
  minimize(
    parameters, StepObjective(objective), direction: direction, lineSearch: lineSearch,
    limits: limits)
}

/// Minimizes an objective of several terms, which are computed one at a time, or one with residuals.
@discardableResult
public func minimize(
  _ parameters: [Parameter], _ objective: StepObjective,
  direction: any Direction = LimitedMemoryBFGS(), lineSearch: (any LineSearch)? = nil,
  limits: MinimizationLimits = MinimizationLimits()
) -> MinimizationResult {
  var descent = Descent(
    ObjectiveFunction(parameters, objective), direction: direction,
    lineSearch: lineSearch ?? direction.usualLineSearch, limits: limits)
  return descent.run()
}

/// A minimization under way.
struct Descent {
  private let function: ObjectiveFunction
  private let direction: any Direction
  private let lineSearch: any LineSearch
  private let limits: MinimizationLimits
  /// What the first step along each direction is multiplied by.
  private let stepScale: Double
  private(set) var start: ObjectivePoint
  private var point: ObjectivePoint
  private var former: ObjectivePoint?
  private var iterations = 0

  init(
    _ function: ObjectiveFunction, direction: any Direction, lineSearch: any LineSearch,
    limits: MinimizationLimits, stepScale: Double = 1
  ) {
    self.function = function
    self.direction = direction
    self.lineSearch = lineSearch
    self.limits = limits
    self.stepScale = stepScale
    start = function.presentPoint()
    point = start
  }

  mutating func run() -> MinimizationResult {
    guard point.value.isFinite, point.gradient.isFinite else { return result(.notFinite) }
    direction.forget()
    /// Whether the next step goes along the negative gradient, because the direction's failed.
    var fallsBack = false
    while true {
      if point.gradient.largestMagnitude <= limits.gradientTolerance { return result(.gradient) }
      if iterations >= limits.iterations ?? 200 * function.space.dimension {
        return result(.iterations)
      }
      let left = limits.evaluations - function.functionEvaluations
      if left <= 0 { return result(.evaluations) }
      guard let trial = step(alongGradient: fallsBack, evaluations: left) else {
        if fallsBack { return result(.noDescent) }
        direction.forget()
        fallsBack = true
        continue
      }
      fallsBack = false
      if let ending = take(trial) { return result(ending) }
    }
  }

  /// Searches along the next direction.
  private func step(alongGradient: Bool, evaluations: Int) -> Line.Trial? {
    var way = alongGradient ? point.gradient.scaled(by: -1) : direction.direction(at: point)
    var slope = point.gradient.inner(way)
    if !(slope < 0 && slope.isFinite) {
      direction.forget()
      way = point.gradient.scaled(by: -1)
      slope = point.gradient.inner(way)
    }
    guard slope < 0, slope.isFinite else { return nil }
    let first =
      alongGradient
      ? stepOfFormerDecrease(from: point, along: way, former: former)
      : direction.firstStep(from: point, along: way, former: former)
    let line = Line(
      function, from: point, along: way, slope: slope, firstStep: stepScale * first,
      evaluationLimit: evaluations
    ) { [direction, point] in alongGradient || direction.accepts($0, from: point) }
    guard let trial = lineSearch.search(line), trial.point.gradient.isFinite else { return nil }
    return trial
  }

  /// Goes to a trial; gives a reason to end there.
  private mutating func take(_ trial: Line.Trial) -> MinimizationResult.Termination? {
    iterations += 1
    let (old, new) = (point, trial.point)
    direction.learn(from: old, to: new)
    former = old
    point = new
    let scale = max(abs(old.value), abs(new.value), 1)
    if limits.valueTolerance > 0, old.value - new.value <= limits.valueTolerance * scale {
      return new.gradient.largestMagnitude <= limits.gradientTolerance ? .gradient : .value
    }
    let change = new.position.adding(old.position, times: -1)
    if change.magnitudeSum <= limits.stepTolerance * Double(change.count) { return .step }
    return nil
  }

  private func result(_ termination: MinimizationResult.Termination) -> MinimizationResult {
    function.move(to: point.position)
    return MinimizationResult(
      value: point.value, gradientNorm: point.gradient.largestMagnitude, iterations: iterations,
      functionEvaluations: function.functionEvaluations,
      gradientEvaluations: function.gradientEvaluations,
      hessianProducts: function.hessianProducts, termination: termination)
  }
}
