import Foundation
import HoneTensor

/// Rectified Adam: scales steps by the variance of the adaptive rate, which takes the place of a
/// warm-up.
///
/// Weight decay is L2, or decoupled on request. Liu et al. 2019 (arXiv 1908.03265).
public final class RAdam: Optimizer {
  /// The parameters, grouped by how they are treated.
  public var groups: [ParameterGroup] { slots.groups }
  /// The rate of the next step, before each group's `learningRateScale`.
  public var learningRate: Double
  /// How slowly the averages of gradients and of squared gradients forget.
  public let betas: AdamBetas
  /// What is added to the denominator.
  public let epsilon: Double
  /// Whether weight decay acts on the weights, as in `AdamW`, and not in their gradients.
  public let isDecoupled: Bool
  private var slots: ParameterSlots

  /// An optimiser of parameter groups.
  /// - Precondition: `learningRate` and `epsilon` are finite and not negative.
  public init(
    _ groups: [ParameterGroup], learningRate: Double = 1e-3, betas: AdamBetas = AdamBetas(),
    epsilon: Double = 1e-8, isDecoupled: Bool = false
  ) {
    requireNonNegative(learningRate, "learningRate")
    requireNonNegative(epsilon, "epsilon")
    self.learningRate = learningRate
    self.betas = betas
    self.epsilon = epsilon
    self.isDecoupled = isDecoupled
    slots = ParameterSlots(groups, names: ["firstMoment", "secondMoment"])
  }

  /// Changes the parameters once.
  public func step() {
    slots.advance { batch, slots in
      let scaledRate = learningRate * batch.group.learningRateScale
      let gradients = batch.gradients(afterDecayAt: scaledRate, isDecoupled: isDecoupled)
      updateMoments(slots, with: gradients, betas: betas)
      let decay = pow(betas.second, Double(batch.step))
      let rate = scaledRate / (1 - pow(betas.first, Double(batch.step)))
      guard let rectification = rectification(at: batch.step) else {
        ATen._foreach_add__List(batch.values, other: slots[0], alpha: Scalar(-rate))
        return
      }
      let denominator = rootOfSecondMoment(slots[1], correction: 1, epsilon: epsilon)
      ATen._foreach_addcdiv__Scalar(
        batch.values, tensor1: slots[0], tensor2: denominator,
        value: Scalar(-rate * rectification * (1 - decay).squareRoot()))
    }
  }

  /// What an exact continuation needs besides the parameters themselves.
  public var state: OptimizerState { slots.state(kind: "RAdam", learningRate: learningRate) }

  /// Takes over the state of a `RAdam` of the same parameters.
  public func load(_ state: OptimizerState) throws(OptimizerStateError) {
    learningRate = try slots.load(state, kind: "RAdam")
  }

  /// The factor of an adaptive step; nil while the variance is intractable, which is until the
  /// simple average has a length of 5 (the paper's algorithm 2 as PyTorch reads it).
  private func rectification(at step: Int) -> Double? {
    let decay = pow(betas.second, Double(step))
    let limit = 2 / (1 - betas.second) - 1
    let length = limit - 2 * Double(step) * decay / (1 - decay)
    guard length > 5 else { return nil }
    let present = (length - 4) * (length - 2) / length
    return (present * limit / ((limit - 4) * (limit - 2))).squareRoot()
  }
}
