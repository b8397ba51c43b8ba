import Foundation
import HoneTensor

/// LAMB: AdamW whose step in each parameter tensor is as long as the tensor's own norm times the
/// learning rate; for very large batches.
///
/// Weight decay is decoupled and takes part in the direction. Where a tensor or its direction is all
/// zeros the direction is taken as it is. You et al. 2019 (arXiv 1904.00962); PyTorch has none, the
/// defaults are the paper's.
public final class LAMB: Optimizer {
  /// The parameters, grouped by how they are treated.
  public var groups: [ParameterGroup] { slots.groups }
  /// The rate of the next step, before each group's `learningRateScale`.
  public var learningRate: Double
  /// How slowly the averages of gradients and of squared gradients forget.
  public let betas: AdamBetas
  /// What is added to the denominator.
  public let epsilon: Double
  private var slots: ParameterSlots

  /// An optimiser of parameter groups.
  /// - Precondition: `learningRate` and `epsilon` are finite and not negative.
  public init(
    _ groups: [ParameterGroup], learningRate: Double = 1e-3, betas: AdamBetas = AdamBetas(),
    epsilon: Double = 1e-6
  ) {
    requireNonNegative(learningRate, "learningRate")
    requireNonNegative(epsilon, "epsilon")
    self.learningRate = learningRate
    self.betas = betas
    self.epsilon = epsilon
    slots = ParameterSlots(groups, names: ["firstMoment", "secondMoment"])
  }

  /// Changes the parameters once.
  public func step() {
    slots.advance { batch, slots in
      updateMoments(slots, with: batch.gradients, betas: betas)
      let direction = rootOfSecondMoment(
        slots[1], correction: 1 - pow(betas.second, Double(batch.step)), epsilon: epsilon)
      ATen._foreach_reciprocal_(direction)
      ATen._foreach_mul__List(direction, other: slots[0])
      ATen._foreach_div__Scalar(
        direction, scalar: Scalar(1 - pow(betas.first, Double(batch.step))))
      if batch.group.weightDecay > 0 {
        ATen._foreach_add__List(
          direction, other: batch.values, alpha: Scalar(batch.group.weightDecay))
      }
      ATen._foreach_mul__List(direction, other: trustRatios(batch.values, direction))
      ATen._foreach_add__List(
        batch.values, other: direction,
        alpha: Scalar(-learningRate * batch.group.learningRateScale))
    }
  }

  /// What an exact continuation needs besides the parameters themselves.
  public var state: OptimizerState { slots.state(kind: "LAMB", learningRate: learningRate) }

  /// Takes over the state of an `LAMB` of the same parameters.
  public func load(_ state: OptimizerState) throws(OptimizerStateError) {
    learningRate = try slots.load(state, kind: "LAMB")
  }

  /// The norm of each tensor over that of its direction.
  private func trustRatios(_ values: [Tensor], _ directions: [Tensor]) -> [Tensor] {
    let norms = ATen.stack(ATen._foreach_norm_Scalar(values))
    let lengths = ATen.stack(ATen._foreach_norm_Scalar(directions))
    let ratios = (norms / lengths).where(norms * lengths .> 0, otherwise: norms.onesLike())
    return ATen.unbind_int(ratios)
  }
}
