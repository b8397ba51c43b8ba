import HoneTensor

/// RMSProp: gradients divided by the root of a running average of their squares.
///
/// The centred form subtracts the square of the average gradient, so that what remains is their
/// variance (Graves 2013, arXiv 1308.0850). Weight decay is L2. Tieleman and Hinton 2012 (Coursera, lecture 6.5).
public final class RMSProp: Optimizer {
  /// The parameters, grouped by how they are treated.
  public var groups: [ParameterGroup] { slots.groups }
  /// The rate of the next step, before each group's `learningRateScale`.
  public var learningRate: Double
  /// The share of the average of squared gradients that each step keeps.
  public let smoothing: Double
  /// The share of the last direction that is kept; zero for none.
  public let momentum: Double
  /// What is added to the denominator.
  public let epsilon: Double
  /// Whether gradients are divided by their standard deviation and not their root mean square.
  public let isCentered: Bool
  private var slots: ParameterSlots

  /// An optimiser of parameter groups.
  /// - Precondition: `smoothing` and `momentum` are in 0..<1, the others finite and not negative.
  public init(
    _ groups: [ParameterGroup], learningRate: Double = 1e-2, smoothing: Double = 0.99,
    momentum: Double = 0, epsilon: Double = 1e-8, isCentered: Bool = false
  ) {
    requireNonNegative(learningRate, "learningRate")
    requireFraction(smoothing, "smoothing")
    requireFraction(momentum, "momentum")
    requireNonNegative(epsilon, "epsilon")
    self.learningRate = learningRate
    self.smoothing = smoothing
    self.momentum = momentum
    self.epsilon = epsilon
    self.isCentered = isCentered
    slots = ParameterSlots(
      groups,
      names: ["secondMoment"] + (momentum > 0 ? ["direction"] : [])
        + (isCentered ? ["firstMoment"] : []))
  }

  /// Changes the parameters once.
  public func step() {
    slots.advance { batch, slots in
      let gradients = batch.decayedGradients
      let rate = Scalar(-learningRate * batch.group.learningRateScale)
      ATen._foreach_mul__Scalar(slots[0], scalar: Scalar(smoothing))
      ATen._foreach_addcmul__Scalar(
        slots[0], tensor1: gradients, tensor2: gradients, value: Scalar(1 - smoothing))
      let scale = ATen._foreach_sqrt(isCentered ? variance(slots, gradients) : slots[0])
      ATen._foreach_add__Scalar(scale, scalar: Scalar(epsilon))
      if momentum > 0 {
        ATen._foreach_mul__Scalar(slots[1], scalar: Scalar(momentum))
        ATen._foreach_addcdiv__Scalar(slots[1], tensor1: gradients, tensor2: scale)
        ATen._foreach_add__List(batch.values, other: slots[1], alpha: rate)
      } else {
        ATen._foreach_addcdiv__Scalar(
          batch.values, tensor1: gradients, tensor2: scale, value: rate)
      }
    }
  }

  /// What an exact continuation needs besides the parameters themselves.
  public var state: OptimizerState { slots.state(kind: "RMSProp", learningRate: learningRate) }

  /// Takes over the state of an `RMSProp` of the same parameters and momentum.
  public func load(_ state: OptimizerState) throws(OptimizerStateError) {
    learningRate = try slots.load(state, kind: "RMSProp")
  }

  /// The gradients' running variance; its rounding errors must not make it negative.
  private func variance(_ slots: [[Tensor]], _ gradients: [Tensor]) -> [Tensor] {
    let means = slots[slots.count - 1]
    ATen._foreach_lerp__Scalar(means, tensors1: gradients, weight: Scalar(1 - smoothing))
    let variance = ATen._foreach_sub_List(
      slots[0], other: ATen._foreach_mul_List(means, other: means))
    ATen._foreach_clamp_min__Scalar(variance, scalar: 0)
    return variance
  }
}
