public import HoneTensor

/// An objective as a function of one vector, which counts what it is asked for.
final class ObjectiveFunction {
  let space: ParameterSpace
  let objective: StepObjective
  fileprivate(set) var functionEvaluations = 0
  fileprivate(set) var gradientEvaluations = 0
  fileprivate(set) var hessianProducts = 0
  /// How often the parameters were moved: a graph is of use only where they are as it was built.
  fileprivate var moves = 0

  init(_ parameters: [Parameter], _ objective: StepObjective) {
    space = ParameterSpace(parameters)
    self.objective = objective
  }

  /// Moves the parameters.
  func move(to position: Tensor) {
    space.assign(position)
    moves += 1
  }

  /// Value and gradient where the parameters are.
  func presentPoint() -> ObjectivePoint { evaluate(space.vector) }

  /// Moves the parameters and evaluates value and gradient there.
  func point(at position: Tensor) -> ObjectivePoint {
    move(to: position)
    return evaluate(position)
  }

  /// Moves the parameters and evaluates the value; the gradient where it is asked for before the next
  /// move costs a backward pass only.
  func valuePoint(at position: Tensor) -> ObjectivePoint {
    guard objective.terms == 1 else { return point(at: position) }
    move(to: position)
    functionEvaluations += 1
    let term = withGradients { objective.term(0) }
    return ObjectivePoint(self, position: position, value: term.item(), pending: (term, moves))
  }

  private func evaluate(_ position: Tensor) -> ObjectivePoint {
    functionEvaluations += 1
    gradientEvaluations += 1
    let value = objective.evaluate(space.parameters)
    return ObjectivePoint(self, position: position, value: value, gradient: space.gradient)
  }

  fileprivate func gradient(at position: Tensor, pending: (term: Tensor, moves: Int)?) -> Tensor {
    gradientEvaluations += 1
    guard let pending, pending.moves == moves else {
      move(to: position)
      _ = objective.evaluate(space.parameters)
      return space.gradient
    }
    for parameter in space.parameters { parameter.clearGradient() }
    if pending.term.requiresGradient { pending.term.backward() }
    return space.gradient
  }
}

/// A place in the space of the parameters, with the objective's value and derivatives there.
public final class ObjectivePoint {
  /// The parameters' values as one vector.
  public let position: Tensor
  /// The objective's value.
  public let value: Double
  private let function: ObjectiveFunction
  private var pending: (term: Tensor, moves: Int)?
  private var knownGradient: Tensor?
  private var curvature: HessianOperator?

  init(
    _ function: ObjectiveFunction, position: Tensor, value: Double, gradient: Tensor? = nil,
    pending: (term: Tensor, moves: Int)? = nil
  ) {
    self.function = function
    self.position = position
    self.value = value
    knownGradient = gradient
    self.pending = pending
  }

  /// The objective's gradient.
  public var gradient: Tensor {
    if let knownGradient { return knownGradient }
    let gradient = function.gradient(at: position, pending: pending)
    knownGradient = gradient
    pending = nil
    return gradient
  }

  /// The Hessian times a vector, without the Hessian; costs about two gradients.
  public func hessianProduct(_ vector: Tensor) -> Tensor {
    function.hessianProducts += 1
    return hessian().product(vector)
  }

  /// The symmetric matrix of second derivatives; costs a product for each element of the position,
  /// and their number squared in memory.
  public func fullHessian() -> Tensor {
    function.hessianProducts += function.space.dimension
    return hessian().matrix()
  }

  /// The residuals r of all terms as one vector and their Jacobian, `[residuals, elements]`, in double
  /// precision on the CPU; nil where the objective is no sum of squares.
  public func residualsAndJacobian() -> (residuals: Tensor, jacobian: Tensor)? {
    guard let residuals = function.objective.residuals else { return nil }
    function.move(to: position)
    return jacobian(of: residuals, terms: function.objective.terms, in: function.space)
  }

  private func hessian() -> HessianOperator {
    if let curvature { return curvature }
    function.move(to: position)
    let made = HessianOperator(function.space, function.objective)
    curvature = made
    return made
  }

  /// Lets go of the graph that products of this point keep.
  func release() { curvature = nil }
}
