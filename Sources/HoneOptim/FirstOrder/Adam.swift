public import HoneTensor

/// Adam: steps of about the learning rate for every weight, whatever the scale of its gradients.
///
/// Weight decay is L2: `weightDecay` times the weights is added to their gradients, and scaled with
/// them; for decay that acts on all weights alike choose `AdamW`. Kingma and Ba 2014 (arXiv 1412.6980).
public final class Adam: Optimizer {
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
    epsilon: Double = 1e-8
  ) {
    requireNonNegative(learningRate, "learningRate")
    requireNonNegative(epsilon, "epsilon")
    self.learningRate = learningRate
    self.betas = betas
    self.epsilon = epsilon
    slots = ParameterSlots(groups, names: ["firstMoment", "secondMoment"])
  }

  /// An optimiser that treats all parameters alike.
  public convenience init(
    _ parameters: [Parameter], learningRate: Double = 1e-3, betas: AdamBetas = AdamBetas(),
    epsilon: Double = 1e-8, weightDecay: Double = 0
  ) {
    self.init(
      [ParameterGroup(parameters, weightDecay: weightDecay)], learningRate: learningRate,
      betas: betas, epsilon: epsilon)
  }

  /// Changes the parameters once.
  public func step() {
    slots.advance { batch, slots in
      let count = Tensor.full([], Scalar(Double(batch.step)), device: batch.device)
      ATen._fused_adam_(
        batch.values, grads: batch.gradients, exp_avgs: slots[0], exp_avg_sqs: slots[1],
        max_exp_avg_sqs: [],
        state_steps: [Tensor](repeating: count, count: batch.values.count),
        lr: learningRate * batch.group.learningRateScale, beta1: betas.first,
        beta2: betas.second, weight_decay: batch.group.weightDecay, eps: epsilon, amsgrad: false,
        maximize: false)
    }
  }

  /// What an exact continuation needs besides the parameters themselves.
  public var state: OptimizerState { slots.state(kind: "Adam", learningRate: learningRate) }

  /// Takes over the state of an `Adam` of the same parameters.
  public func load(_ state: OptimizerState) throws(OptimizerStateError) {
    learningRate = try slots.load(state, kind: "Adam")
  }
}
