import HoneTensor

/// Adagrad: gradients divided by the root of the sum of all their squares so far.
///
/// Weight decay is L2. Duchi et al. 2011 (JMLR 12).
public final class Adagrad: Optimizer {
  /// The parameters, grouped by how they are treated.
  public var groups: [ParameterGroup] { slots.groups }
  /// The rate of the next step, before each group's `learningRateScale`.
  public var learningRate: Double
  /// How fast the rate falls besides: it is divided by `1 + learningRateDecay * steps`.
  public let learningRateDecay: Double
  /// What the sums of squares start from.
  public let initialSum: Double
  /// What is added to the denominator.
  public let epsilon: Double
  private var slots: ParameterSlots

  /// An optimiser of parameter groups.
  /// - Precondition: the numbers are finite and not negative.
  public init(
    _ groups: [ParameterGroup], learningRate: Double = 1e-2, learningRateDecay: Double = 0,
    initialSum: Double = 0, epsilon: Double = 1e-10
  ) {
    requireNonNegative(learningRate, "learningRate")
    requireNonNegative(learningRateDecay, "learningRateDecay")
    requireNonNegative(initialSum, "initialSum")
    requireNonNegative(epsilon, "epsilon")
    self.learningRate = learningRate
    self.learningRateDecay = learningRateDecay
    self.initialSum = initialSum
    self.epsilon = epsilon
    slots = ParameterSlots(groups, names: ["squareSum"])
  }

  /// Changes the parameters once.
  public func step() {
    slots.advance { batch, slots in
      let gradients = batch.decayedGradients
      if batch.step == 1, initialSum > 0 {
        ATen._foreach_add__Scalar(slots[0], scalar: Scalar(initialSum))
      }
      ATen._foreach_addcmul__Scalar(slots[0], tensor1: gradients, tensor2: gradients)
      let scale = ATen._foreach_sqrt(slots[0])
      ATen._foreach_add__Scalar(scale, scalar: Scalar(epsilon))
      let rate =
        learningRate * batch.group.learningRateScale
        / (1 + Double(batch.step - 1) * learningRateDecay)
      ATen._foreach_addcdiv__Scalar(
        batch.values, tensor1: gradients, tensor2: scale, value: Scalar(-rate))
    }
  }

  /// What an exact continuation needs besides the parameters themselves.
  public var state: OptimizerState { slots.state(kind: "Adagrad", learningRate: learningRate) }

  /// Takes over the state of an `Adagrad` of the same parameters.
  public func load(_ state: OptimizerState) throws(OptimizerStateError) {
    learningRate = try slots.load(state, kind: "Adagrad")
  }
}
