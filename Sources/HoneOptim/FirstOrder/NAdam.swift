import Foundation
import HoneTensor

/// Adam with Nesterov's momentum.
///
/// Weight decay is L2, or decoupled on request. Dozat 2016 (ICLR workshop).
public final class NAdam: Optimizer {
  /// The parameters, grouped by how they are treated.
  public var groups: [ParameterGroup] { slots.groups }
  /// The rate of the next step, before each group's `learningRateScale`.
  public var learningRate: Double
  /// How slowly the averages of gradients and of squared gradients forget.
  public let betas: AdamBetas
  /// What is added to the denominator.
  public let epsilon: Double
  /// How fast the momentum rises to its full size.
  public let momentumDecay: Double
  /// Whether weight decay acts on the weights, as in `AdamW`, and not in their gradients.
  public let isDecoupled: Bool
  private var slots: ParameterSlots
  /// The products of the momenta of the first 0, 1, 2, … steps, as far as they were needed.
  private var products = [1.0]

  /// An optimiser of parameter groups.
  /// - Precondition: the numbers are finite and not negative.
  public init(
    _ groups: [ParameterGroup], learningRate: Double = 2e-3, betas: AdamBetas = AdamBetas(),
    epsilon: Double = 1e-8, momentumDecay: Double = 4e-3,
    isDecoupled: Bool = false
  ) {
    requireNonNegative(learningRate, "learningRate")
    requireNonNegative(epsilon, "epsilon")
    requireNonNegative(momentumDecay, "momentumDecay")
    self.learningRate = learningRate
    self.betas = betas
    self.epsilon = epsilon
    self.momentumDecay = momentumDecay
    self.isDecoupled = isDecoupled
    slots = ParameterSlots(groups, names: ["firstMoment", "secondMoment"])
  }

  /// Changes the parameters once.
  public func step() {
    slots.advance { batch, slots in
      let rate = learningRate * batch.group.learningRateScale
      let gradients = batch.gradients(afterDecayAt: rate, isDecoupled: isDecoupled)
      updateMoments(slots, with: gradients, betas: betas)
      let denominator = rootOfSecondMoment(
        slots[1], correction: 1 - pow(betas.second, Double(batch.step)), epsilon: epsilon)
      let product = momentumProduct(through: batch.step)
      let (now, next) = (momentum(at: batch.step), momentum(at: batch.step + 1))
      ATen._foreach_addcdiv__Scalar(
        batch.values, tensor1: gradients, tensor2: denominator,
        value: Scalar(-rate * (1 - now) / (1 - product)))
      ATen._foreach_addcdiv__Scalar(
        batch.values, tensor1: slots[0], tensor2: denominator,
        value: Scalar(-rate * next / (1 - product * next)))
    }
  }

  /// What an exact continuation needs besides the parameters themselves.
  public var state: OptimizerState { slots.state(kind: "NAdam", learningRate: learningRate) }

  /// Takes over the state of a `NAdam` of the same parameters.
  public func load(_ state: OptimizerState) throws(OptimizerStateError) {
    learningRate = try slots.load(state, kind: "NAdam")
  }

  /// The momentum of a step; 0.96 and one half are the paper's.
  private func momentum(at step: Int) -> Double {
    betas.first * (1 - 0.5 * pow(0.96, Double(step) * momentumDecay))
  }

  private func momentumProduct(through step: Int) -> Double {
    while products.count <= step {
      products.append(products[products.count - 1] * momentum(at: products.count))
    }
    return products[step]
  }
}
