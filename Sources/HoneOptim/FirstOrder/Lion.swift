import HoneTensor

/// Lion: steps of the learning rate's size in the direction of the sign of an averaged gradient.
///
/// Weight decay is decoupled. It needs a learning rate 3 to 10 times smaller than AdamW's, and a weight
/// decay that much larger. Chen et al. 2023 (arXiv 2302.06675).
public final class Lion: Optimizer {
  /// The parameters, grouped by how they are treated.
  public var groups: [ParameterGroup] { slots.groups }
  /// The rate of the next step, before each group's `learningRateScale`.
  public var learningRate: Double
  /// The share of the average in the direction, and the share of it that each step keeps.
  public let betas: AdamBetas
  private var slots: ParameterSlots

  /// An optimiser of parameter groups.
  /// - Precondition: `learningRate` is finite and not negative.
  public init(
    _ groups: [ParameterGroup], learningRate: Double = 1e-4,
    betas: AdamBetas = AdamBetas(0.9, 0.99)
  ) {
    requireNonNegative(learningRate, "learningRate")
    self.learningRate = learningRate
    self.betas = betas
    slots = ParameterSlots(groups, names: ["average"])
  }

  /// Changes the parameters once.
  public func step() {
    slots.advance { batch, slots in
      let rate = learningRate * batch.group.learningRateScale
      let direction = ATen._foreach_mul_Scalar(slots[0], scalar: Scalar(betas.first))
      ATen._foreach_add__List(
        direction, other: batch.gradients, alpha: Scalar(1 - betas.first))
      ATen._foreach_sign_(direction)
      ATen._foreach_mul__Scalar(
        batch.values, scalar: Scalar(1 - rate * batch.group.weightDecay))
      ATen._foreach_add__List(batch.values, other: direction, alpha: Scalar(-rate))
      ATen._foreach_lerp__Scalar(
        slots[0], tensors1: batch.gradients, weight: Scalar(1 - betas.second))
    }
  }

  /// What an exact continuation needs besides the parameters themselves.
  public var state: OptimizerState { slots.state(kind: "Lion", learningRate: learningRate) }

  /// Takes over the state of a `Lion` of the same parameters.
  public func load(_ state: OptimizerState) throws(OptimizerStateError) {
    learningRate = try slots.load(state, kind: "Lion")
  }
}
