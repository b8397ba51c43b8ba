public import HoneTensor

/// Updates parameters from the gradients that `backward()` accumulated on them.
///
/// A training step is `optimizer.clearGradients()`, forward pass, `loss.backward()`,
/// `optimizer.step()`. Parameters without a gradient keep their value and their state.
public protocol Optimizer: AnyObject {
  /// The parameters, grouped by how they are treated.
  var groups: [ParameterGroup] { get }
  /// The rate of the next step, before each group's `learningRateScale`. A schedule writes it.
  var learningRate: Double { get set }
  /// Changes the parameters once. Does not wait for the device.
  func step()
  /// Changes the parameters once, by as many evaluations of the objective as the method needs.
  ///
  /// The gradients of the last evaluation stay on the parameters. An objective that is not finite
  /// leaves the parameters alone.
  /// - Returns: the objective before the step.
  @discardableResult
  func step(evaluating objective: StepObjective) -> Double
  /// What an exact continuation needs besides the parameters themselves. Waits for the device and
  /// copies the optimiser's tensors to host memory.
  var state: OptimizerState { get }
  /// Takes over the state of an optimiser of the same kind and parameters.
  /// - Throws: `OptimizerStateError` when the state belongs to another kind or to other parameters;
  ///   this optimiser is unchanged then.
  func load(_ state: OptimizerState) throws(OptimizerStateError)
}

extension Optimizer {
  /// Every parameter, group by group.
  public var parameters: [Parameter] { groups.flatMap(\.parameters) }

  /// Forgets the gradients, so that the next backward pass starts from none.
  public func clearGradients() {
    for group in groups {
      for parameter in group.parameters { parameter.clearGradient() }
    }
  }
}
