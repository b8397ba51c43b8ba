public import HoneTensor

/// Adam with decoupled weight decay.
///
/// Each step first multiplies the weights by `1 - learningRate * weightDecay`. Loshchilov and Hutter
/// 2017 (arXiv 1711.05101).
public final class AdamW: Optimizer {
  /// The parameters, grouped by how they are treated.
  public var groups: [ParameterGroup] { slots.groups }
  /// The rate of the next step, before each group's `learningRateScale`.
  public var learningRate: Double
  /// How slowly the averages of gradients and of squared gradients forget.
  public let betas: AdamBetas
  /// What is added to the denominator.
  public let epsilon: Double
  /// Whether steps are divided by the largest average of squared gradients so far.
  ///
  /// Steps then never grow again because gradients shrink (Reddi et al. 2018, arXiv 1904.09237).
  public let isAMSGrad: Bool
  var slots: ParameterSlots

  /// An optimiser of parameter groups.
  /// - Precondition: `learningRate` and `epsilon` are finite and not negative.
  public init(
    _ groups: [ParameterGroup], learningRate: Double = 1e-3, betas: AdamBetas = AdamBetas(),
    epsilon: Double = 1e-8, isAMSGrad: Bool = false
  ) {
    requireNonNegative(learningRate, "learningRate")
    requireNonNegative(epsilon, "epsilon")
    self.learningRate = learningRate
    self.betas = betas
    self.epsilon = epsilon
    self.isAMSGrad = isAMSGrad
    slots = ParameterSlots(
      groups,
      names: ["firstMoment", "secondMoment"] + (isAMSGrad ? ["largestSecondMoment"] : []))
  }

  /// An optimiser that treats all parameters alike.
  public convenience init(
    _ parameters: [Parameter], learningRate: Double = 1e-3, betas: AdamBetas = AdamBetas(),
    epsilon: Double = 1e-8, weightDecay: Double = 1e-2
  ) {
    self.init(
      [ParameterGroup(parameters, weightDecay: weightDecay)], learningRate: learningRate,
      betas: betas, epsilon: epsilon)
  }

  /// Changes the parameters once.
  public func step() {
    slots.advance { batch, slots in
      batch.stepByAdam(
        slots, rate: learningRate * batch.group.learningRateScale, betas: betas, epsilon: epsilon,
        isDecoupled: true)
    }
  }

  /// What an exact continuation needs besides the parameters themselves.
  public var state: OptimizerState { slots.state(kind: "AdamW", learningRate: learningRate) }

  /// Takes over the state of an `AdamW` of the same parameters.
  public func load(_ state: OptimizerState) throws(OptimizerStateError) {
    learningRate = try slots.load(state, kind: "AdamW")
  }
}
