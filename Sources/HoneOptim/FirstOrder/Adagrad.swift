import HoneTensor

/// Adagrad: gradients divided by the root of the sum of all their squares so far.
///
/// Weight decay is L2. Duchi et al. 2011 (JMLR 12).
public final class Adagrad: Optimizer {
  /// The parameters, grouped by how they are treated.
  public var groups: [ParameterGroup] { slots.groups }
  /// The rate of the next step, before each group's `learningRateScale`.
  public var learningRate: Double
  /// What is added to the denominator.
  public let epsilon: Double
  private var slots: ParameterSlots

  /// An optimiser of parameter groups.
  /// - Precondition: `learningRate` and `epsilon` are finite and not negative.
  public init(_ groups: [ParameterGroup], learningRate: Double = 1e-2, epsilon: Double = 1e-10) {
    requireNonNegative(learningRate, "learningRate")
    requireNonNegative(epsilon, "epsilon")
    self.learningRate = learningRate
    self.epsilon = epsilon
    slots = ParameterSlots(groups, names: ["squareSum"])
  }

  /// Changes the parameters once.
  public func step() {
    slots.advance { batch, slots in
      let gradients = batch.decayedGradients
      ATen._foreach_addcmul__Scalar(slots[0], tensor1: gradients, tensor2: gradients)
      let scale = ATen._foreach_sqrt(slots[0])
      ATen._foreach_add__Scalar(scale, scalar: Scalar(epsilon))
      ATen._foreach_addcdiv__Scalar(
        batch.values, tensor1: gradients, tensor2: scale,
        value: Scalar(-learningRate * batch.group.learningRateScale))
    }
  }

  /// What an exact continuation needs besides the parameters themselves.
  public var state: OptimizerState { slots.state(kind: "Adagrad", learningRate: learningRate) }

  /// Takes over the state of an `Adagrad` of the same parameters.
  public func load(_ state: OptimizerState) throws(OptimizerStateError) {
    learningRate = try slots.load(state, kind: "Adagrad")
  }
}
