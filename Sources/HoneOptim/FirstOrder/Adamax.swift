import Foundation
import HoneTensor

/// Adamax: Adam with the largest recent gradient in place of the root mean square.
///
/// Weight decay is L2. Kingma and Ba 2014 (arXiv 1412.6980, section 7).
public final class Adamax: Optimizer {
  /// The parameters, grouped by how they are treated.
  public var groups: [ParameterGroup] { slots.groups }
  /// The rate of the next step, before each group's `learningRateScale`.
  public var learningRate: Double
  /// How slowly the average of gradients and the largest gradient forget.
  public let betas: AdamBetas
  /// What is added to each gradient's size.
  public let epsilon: Double
  private var slots: ParameterSlots

  /// An optimiser of parameter groups.
  /// - Precondition: `learningRate` and `epsilon` are finite and not negative.
  public init(
    _ groups: [ParameterGroup], learningRate: Double = 2e-3, betas: AdamBetas = AdamBetas(),
    epsilon: Double = 1e-8
  ) {
    requireNonNegative(learningRate, "learningRate")
    requireNonNegative(epsilon, "epsilon")
    self.learningRate = learningRate
    self.betas = betas
    self.epsilon = epsilon
    slots = ParameterSlots(groups, names: ["firstMoment", "largestGradient"])
  }

  /// Changes the parameters once.
  public func step() {
    slots.advance { batch, slots in
      let gradients = batch.decayedGradients
      ATen._foreach_lerp__Scalar(slots[0], tensors1: gradients, weight: Scalar(1 - betas.first))
      ATen._foreach_mul__Scalar(slots[1], scalar: Scalar(betas.second))
      let sizes = ATen._foreach_abs(gradients)
      ATen._foreach_add__Scalar(sizes, scalar: Scalar(epsilon))
      ATen._foreach_maximum__List(slots[1], other: sizes)
      let rate =
        learningRate * batch.group.learningRateScale / (1 - pow(betas.first, Double(batch.step)))
      ATen._foreach_addcdiv__Scalar(
        batch.values, tensor1: slots[0], tensor2: slots[1], value: Scalar(-rate))
    }
  }

  /// What an exact continuation needs besides the parameters themselves.
  public var state: OptimizerState { slots.state(kind: "Adamax", learningRate: learningRate) }

  /// Takes over the state of an `Adamax` of the same parameters.
  public func load(_ state: OptimizerState) throws(OptimizerStateError) {
    learningRate = try slots.load(state, kind: "Adamax")
  }
}
