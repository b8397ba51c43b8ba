public import HoneTensor

/// L-BFGS as a training loop calls it, step for step that of PyTorch.
///
/// Each step minimizes the objective by some quasi-Newton iterations (Liu and Nocedal 1989), with
/// curvature remembered from step to step. Where the objective differs between steps (mini-batches,
/// dropout) that memory is of differences between batches: use it with all training samples in one
/// step. `minimize(direction: .lbfgs())` is the form for a single minimization, with SciPy's line
/// search.
///
/// Memory 2 m n for n parameter elements and m steps kept; each step evaluates the objective and its
/// gradient up to 1.25 times its iterations. Unlike PyTorch's, a fixed step to a value that is not finite
/// is taken back, and the history is 10 steps long where PyTorch keeps 100.
public final class LBFGS: ClosureOptimizer {
  /// How long steps are found.
  public enum StepRule: String, Sendable, CaseIterable, Codable {
    /// Every step is the learning rate times the direction.
    case fixed
    /// The strong Wolfe conditions, the learning rate being the first trial.
    case strongWolfe
  }

  /// What a step remembers for the next.
  private struct Memory {
    var pairs: CurvaturePairs
    var direction: Tensor
    var stepLength: Double
    var gradient: Tensor
  }

  /// The parameters, all in one group: the method treats them as one vector.
  public let groups: [ParameterGroup]
  /// The length of fixed steps in directions, and the first trial of line searches.
  public var learningRate: Double
  /// Quasi-Newton iterations in a step.
  public let iterations: Int
  /// Steps that are remembered.
  public let history: Int
  /// How step lengths are found.
  public let stepRule: StepRule
  /// The largest absolute element of the gradient at which a step ends early.
  public let gradientTolerance: Double
  /// The largest change of an element, or change of the value, at which a step ends early.
  public let changeTolerance: Double
  private let space: ParameterSpace
  private var memory: Memory?

  /// An optimiser of parameters of one element type on one device.
  /// - Precondition: `iterations` and `history` are at least 1; the numbers are finite and not negative.
  public init(
    _ parameters: [Parameter], learningRate: Double = 1, iterations: Int = 20, history: Int = 10,
    stepRule: StepRule = .fixed, gradientTolerance: Double = 1e-7, changeTolerance: Double = 1e-9
  ) {
    requireNonNegative(learningRate, "learningRate")
    requireNonNegative(gradientTolerance, "gradientTolerance")
    requireNonNegative(changeTolerance, "changeTolerance")
    guard iterations > 0, history > 0 else {
      fatalError(
        "LBFGS received \(iterations) iterations and a history of \(history); both must be at least 1."
      )
    }
    groups = [ParameterGroup(parameters)]
    self.learningRate = learningRate
    self.iterations = iterations
    self.history = history
    self.stepRule = stepRule
    self.gradientTolerance = gradientTolerance
    self.changeTolerance = changeTolerance
    space = ParameterSpace(parameters)
  }

  /// A quarter more than there are iterations.
  public var evaluationsPerStep: Int { iterations * 5 / 4 }
  /// The remembered curvature is of one function.
  public var needsSteadyObjective: Bool { true }

  /// Cannot step from gradients alone.
  public func step() { requireObjective("LBFGS") }

  /// Minimizes the objective by some iterations.
  @discardableResult
  public func step(evaluating objective: StepObjective) -> Double {
    let function = ObjectiveFunction(space.parameters, objective)
    var point = function.presentPoint()
    let before = point.value
    guard before.isFinite, point.gradient.largestMagnitude > gradientTolerance,
      point.gradient.isFinite
    else { return before }
    for iteration in 1...iterations {
      let isFirst = memory == nil
      let direction = nextDirection(at: point)
      let slope = point.gradient.inner(direction)
      let length = (isFirst ? min(1, 1 / point.gradient.magnitudeSum) : 1) * learningRate
      memory?.stepLength = length
      if slope > -changeTolerance || !slope.isFinite { break }
      guard
        let next = move(
          from: point, direction, slope: slope, length: length, function,
          isLast: iteration == iterations)
      else { break }
      let old = point
      point = next
      if ends(from: old, to: point, function) { break }
    }
    function.move(to: point.position)
    return before
  }

  /// Learns from the former step and gives the next direction.
  private func nextDirection(at point: ObjectivePoint) -> Tensor {
    guard var memory else {
      let direction = point.gradient.scaled(by: -1)
      self.memory = Memory(
        pairs: CurvaturePairs(capacity: history), direction: direction, stepLength: 0,
        gradient: point.gradient)
      return direction
    }
    memory.pairs.add(
      step: memory.direction.scaled(by: memory.stepLength),
      change: point.gradient.adding(memory.gradient, times: -1), above: 1e-10)
    memory.direction = memory.pairs.direction(against: point.gradient)
    memory.gradient = point.gradient
    self.memory = memory
    return memory.direction
  }

  /// The point after a step; nil where there is none to go on from.
  private func move(
    from point: ObjectivePoint, _ direction: Tensor, slope: Double, length: Double,
    _ function: ObjectiveFunction, isLast: Bool
  ) -> ObjectivePoint? {
    switch stepRule {
    case .fixed:
      let target = function.point(at: point.position.adding(direction, times: length))
      return target.value.isFinite && target.gradient.isFinite ? target : nil
    case .strongWolfe:
      let line = Line(function, from: point, along: direction, slope: slope, firstStep: length)
      let search = BracketingWolfe(
        changeTolerance: changeTolerance,
        evaluations: max(0, evaluationsPerStep - function.functionEvaluations))
      let found = search.lowEnd(line)
      memory?.stepLength = found.step
      return found.point
    }
  }

  private func ends(
    from old: ObjectivePoint, to new: ObjectivePoint, _ function: ObjectiveFunction
  ) -> Bool {
    function.functionEvaluations >= evaluationsPerStep
      || new.gradient.largestMagnitude <= gradientTolerance
      || new.position.adding(old.position, times: -1).largestMagnitude <= changeTolerance
      || abs(new.value - old.value) < changeTolerance
  }

  /// The rate, and the remembered steps and gradients.
  public var state: OptimizerState {
    var state = OptimizerState(kind: "LBFGS", scalars: ["learningRate": learningRate])
    guard let memory else { return state }
    state.scalars["stepLength"] = memory.stepLength
    state.scalars["scale"] = memory.pairs.scale
    func add(_ name: String, _ tensor: Tensor) {
      state.tensors.append(OptimizerState.Entry(name: name, value: tensor.hostTensor()))
    }
    add("direction", memory.direction)
    add("gradient", memory.gradient)
    for (index, pair) in memory.pairs.pairs.enumerated() {
      add("step.\(index)", pair.step)
      add("change.\(index)", pair.change)
    }
    return state
  }

  /// Takes over the state of an `LBFGS` of the same parameters.
  public func load(_ state: OptimizerState) throws(OptimizerStateError) {
    guard state.kind == "LBFGS" else { throw .kind(found: state.kind, expected: "LBFGS") }
    guard let rate = state.scalars["learningRate"] else { throw .missing(name: "learningRate") }
    var memory: Memory?
    if !state.tensors.isEmpty { memory = try remembered(state) }
    learningRate = rate
    self.memory = memory
  }

  private func remembered(_ state: OptimizerState) throws(OptimizerStateError) -> Memory {
    var vectors: [String: Tensor] = [:]
    for entry in state.tensors {
      let (found, expected) = (entry.value, [space.dimension])
      guard found.shape == expected, found.dtype == space.dtype else {
        throw .shape(
          name: entry.name, found: found.shape, foundType: found.dtype, expected: expected,
          expectedType: space.dtype)
      }
      vectors[entry.name] = Tensor(found, device: space.device)
    }
    guard let length = state.scalars["stepLength"] else { throw .missing(name: "stepLength") }
    guard let direction = vectors["direction"] else { throw .missing(name: "direction") }
    guard let gradient = vectors["gradient"] else { throw .missing(name: "gradient") }
    var pairs: [CurvaturePairs.Pair] = []
    while let step = vectors["step.\(pairs.count)"] {
      let name = "change.\(pairs.count)"
      guard let change = vectors[name] else { throw .missing(name: name) }
      pairs.append(
        CurvaturePairs.Pair(step: step, change: change, density: 1 / change.inner(step)))
    }
    return Memory(
      pairs: CurvaturePairs(
        capacity: history, pairs: pairs.suffix(history), scale: state.scalars["scale"] ?? 1),
      direction: direction, stepLength: length, gradient: gradient)
  }
}

/// Ends a step that was given gradients where an objective is needed.
func requireObjective(_ name: String) -> Never {
  fatalError("\(name) steps by evaluating the objective; call step(evaluating:) instead of step().")
}
