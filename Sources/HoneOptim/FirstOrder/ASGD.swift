import Foundation
public import HoneTensor

/// Averaged stochastic gradient descent: the rate falls with the steps, and a running mean of the
/// weights is kept beside them.
///
/// The rate of step t is `learningRate / (1 + decay * learningRate * (t - 1)) ^ power`; all weights also
/// shrink by `decay` times it. Weight decay is L2. Polyak and Juditsky 1992 (SIAM J. Control Optim. 30).
public final class ASGD: Optimizer {
  /// The parameters, grouped by how they are treated.
  public var groups: [ParameterGroup] { slots.groups }
  /// The rate of the next step, before each group's `learningRateScale`.
  public var learningRate: Double
  /// How fast the rate falls, and how strongly weights shrink.
  public let decay: Double
  /// The power by which the rate falls.
  public let power: Double
  /// The steps before the mean begins; until then it follows the weights.
  public let averagingStart: Int
  private var slots: ParameterSlots

  /// An optimiser of parameter groups.
  /// - Precondition: the numbers are finite and not negative.
  public init(
    _ groups: [ParameterGroup], learningRate: Double = 1e-2, decay: Double = 1e-4,
    power: Double = 0.75, averagingStart: Int = 1_000_000
  ) {
    requireNonNegative(learningRate, "learningRate")
    requireNonNegative(decay, "decay")
    requireNonNegative(power, "power")
    requireNonNegative(Double(averagingStart), "averagingStart")
    self.learningRate = learningRate
    self.decay = decay
    self.power = power
    self.averagingStart = averagingStart
    slots = ParameterSlots(groups, names: ["average"])
  }

  /// Changes the parameters once.
  public func step() {
    slots.advance { batch, slots in
      let gradients = batch.decayedGradients
      let base = learningRate * batch.group.learningRateScale
      let rate = base / pow(1 + decay * base * Double(batch.step - 1), power)
      ATen._foreach_mul__Scalar(batch.values, scalar: Scalar(1 - decay * rate))
      ATen._foreach_add__List(batch.values, other: gradients, alpha: Scalar(-rate))
      let count = batch.step - 1 - averagingStart
      if count > 1 {
        ATen._foreach_lerp__Scalar(
          slots[0], tensors1: batch.values, weight: Scalar(1 / Double(count)))
      } else {
        ATen._foreach_copy_(slots[0], src: batch.values)
      }
    }
  }

  /// What an exact continuation needs besides the parameters themselves.
  public var state: OptimizerState { slots.state(kind: "ASGD", learningRate: learningRate) }

  /// Takes over the state of an `ASGD` of the same parameters.
  public func load(_ state: OptimizerState) throws(OptimizerStateError) {
    learningRate = try slots.load(state, kind: "ASGD")
  }

  /// The running means in the order of `parameters`; nil for those that have taken no step.
  public var averages: [Tensor?] { slots.tensors(named: "average") }
}
