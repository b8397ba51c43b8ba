public import HoneTensor

/// Updates parameters from the gradients that `backward()` accumulated on them.
///
/// A training step is `optimizer.clearGradients()`, forward pass, `loss.backward()`,
/// `optimizer.step()`. Parameters without a gradient keep their value and their state.
///
/// What the gradients are of makes the method: the mean loss of all training samples for batch gradient
/// descent, of one sample for stochastic, of a few for mini-batch gradient descent. Every optimiser
/// takes any of the three; the batch size of the loader decides.
public protocol Optimizer: AnyObject {
  /// The parameters, grouped by how they are treated.
  var groups: [ParameterGroup] { get }
  /// The rate of the next step, before each group's `learningRateScale`. A schedule writes it.
  var learningRate: Double { get set }
  /// Moves the parameters to the point whose gradients the next step wants, and says whether it did.
  ///
  /// Where the answer is true, clear the gradients and compute them anew, of the same samples, before
  /// `step()`. Only `SAM` moves; without this call it steps as the optimiser in it.
  func perturb() -> Bool
  /// Puts the parameters back where `perturb()` found them, for those who do not go on to `step()`.
  func unperturb()
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
  /// Leaves the parameters where they are.
  public func perturb() -> Bool { false }

  /// Does nothing: the parameters were left where they are.
  public func unperturb() {}

  /// Every parameter, group by group.
  public var parameters: [Parameter] { groups.flatMap(\.parameters) }

  /// Forgets the gradients, so that the next backward pass starts from none.
  public func clearGradients() {
    for group in groups {
      for parameter in group.parameters { parameter.clearGradient() }
    }
  }
}
