import HoneTensor

/// Resilient backpropagation: each weight has a step size of its own, which grows while its gradient
/// keeps its sign and shrinks when it turns.
///
/// Only signs count, so it needs the gradient of all samples: a data set as one batch. The learning rate
/// is the first step size and has no further effect. There is no weight decay. Riedmiller and Braun
/// 1993 (ICNN).
public final class Rprop: Optimizer {
  /// The parameters, grouped by how they are treated.
  public var groups: [ParameterGroup] { slots.groups }
  /// The rate of the next step, before each group's `learningRateScale`.
  public var learningRate: Double
  /// What a step size is multiplied by when its gradient turns.
  public let shrinking: Double
  /// What a step size is multiplied by while its gradient keeps its sign.
  public let growing: Double
  /// The bounds of the step sizes.
  public let stepSizes: ClosedRange<Double>
  private var slots: ParameterSlots

  /// An optimiser of parameter groups.
  /// - Precondition: `learningRate` is not negative, `shrinking` is in 0..<1, `growing` is above 1.
  public init(
    _ groups: [ParameterGroup], learningRate: Double = 1e-2, shrinking: Double = 0.5,
    growing: Double = 1.2, stepSizes: ClosedRange<Double> = 1e-6...50
  ) {
    requireNonNegative(learningRate, "learningRate")
    requireFraction(shrinking, "shrinking")
    guard growing.isFinite, growing > 1 else {
      fatalError("growing is \(growing); it must be a finite number above 1.")
    }
    self.learningRate = learningRate
    self.shrinking = shrinking
    self.growing = growing
    self.stepSizes = stepSizes
    slots = ParameterSlots(groups, names: ["stepSize", "lastGradient"])
  }

  /// Changes the parameters once.
  public func step() {
    slots.advance { batch, slots in
      if batch.step == 1 {
        ATen._foreach_add__Scalar(
          slots[0], scalar: Scalar(learningRate * batch.group.learningRateScale))
      }
      let agreement = ATen._foreach_mul_List(batch.gradients, other: slots[1])
      ATen._foreach_sign_(agreement)
      ATen._foreach_mul__List(slots[0], other: factors(agreement))
      ATen._foreach_clamp_min__Scalar(slots[0], scalar: Scalar(stepSizes.lowerBound))
      ATen._foreach_clamp_max__Scalar(slots[0], scalar: Scalar(stepSizes.upperBound))
      // A weight whose gradient turned waits for one step.
      ATen._foreach_clamp_max__Scalar(agreement, scalar: 0)
      ATen._foreach_add__Scalar(agreement, scalar: 1)
      ATen._foreach_mul__List(agreement, other: batch.gradients)
      ATen._foreach_copy_(slots[1], src: agreement)
      ATen._foreach_sign_(agreement)
      ATen._foreach_addcmul__Scalar(
        batch.values, tensor1: agreement, tensor2: slots[0], value: -1)
    }
  }

  /// What an exact continuation needs besides the parameters themselves.
  public var state: OptimizerState { slots.state(kind: "Rprop", learningRate: learningRate) }

  /// Takes over the state of an `Rprop` of the same parameters.
  public func load(_ state: OptimizerState) throws(OptimizerStateError) {
    learningRate = try slots.load(state, kind: "Rprop")
  }

  /// `growing` for 1, 1 for 0, `shrinking` for -1: the parabola through the three.
  private func factors(_ signs: [Tensor]) -> [Tensor] {
    let factors = ATen._foreach_mul_Scalar(signs, scalar: Scalar((growing + shrinking) / 2 - 1))
    ATen._foreach_add__Scalar(factors, scalar: Scalar((growing - shrinking) / 2))
    ATen._foreach_mul__List(factors, other: signs)
    ATen._foreach_add__Scalar(factors, scalar: 1)
    return factors
  }
}
