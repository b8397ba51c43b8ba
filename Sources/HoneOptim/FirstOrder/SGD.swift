public import HoneTensor

/// Stochastic gradient descent, with momentum on request.
///
/// Weight decay is L2: `weightDecay` times the weights is added to their gradients. With momentum the
/// direction is a running sum of gradients, `momentum * direction + (1 - dampening) * gradient`, which
/// starts at the first gradient. Sutskever et al. 2013 (ICML).
public final class SGD: Optimizer {
  /// The parameters, grouped by how they are treated.
  public var groups: [ParameterGroup] { slots.groups }
  /// The rate of the next step, before each group's `learningRateScale`.
  public var learningRate: Double
  /// The share of the last direction that is kept; zero for plain descent.
  public let momentum: Double
  /// The share of each new gradient that is left out of the direction.
  public let dampening: Double
  /// Whether the gradient is looked up where the momentum leads (Nesterov 1983).
  public let isNesterov: Bool
  var slots: ParameterSlots

  /// An optimiser of parameter groups.
  /// - Precondition: `learningRate` is not negative, `momentum` and `dampening` are in 0..<1, and
  ///   Nesterov's form has momentum and no dampening.
  public init(
    _ groups: [ParameterGroup], learningRate: Double = 0.05, momentum: Double = 0,
    dampening: Double = 0, isNesterov: Bool = false
  ) {
    requireNonNegative(learningRate, "learningRate")
    requireFraction(momentum, "momentum")
    requireFraction(dampening, "dampening")
    if isNesterov, momentum == 0 || dampening != 0 {
      fatalError(
        "Nesterov's form received momentum \(momentum) and dampening \(dampening); it needs a "
          + "momentum above 0 and no dampening.")
    }
    self.learningRate = learningRate
    self.momentum = momentum
    self.dampening = dampening
    self.isNesterov = isNesterov
    slots = ParameterSlots(groups, names: momentum > 0 ? ["direction"] : [])
  }

  /// An optimiser that treats all parameters alike.
  public convenience init(
    _ parameters: [Parameter], learningRate: Double = 0.05, momentum: Double = 0,
    isNesterov: Bool = false, weightDecay: Double = 0
  ) {
    self.init(
      [ParameterGroup(parameters, weightDecay: weightDecay)], learningRate: learningRate,
      momentum: momentum, isNesterov: isNesterov)
  }

  /// Changes the parameters once.
  public func step() {
    slots.advance { batch, slots in
      ATen._fused_sgd_(
        batch.values, grads: batch.gradients, momentum_buffer_list: slots.first ?? [],
        weight_decay: batch.group.weightDecay, momentum: momentum,
        lr: learningRate * batch.group.learningRateScale, dampening: dampening,
        nesterov: isNesterov, maximize: false, is_first_step: batch.step == 1)
    }
  }

  /// What an exact continuation needs besides the parameters themselves.
  public var state: OptimizerState { slots.state(kind: "SGD", learningRate: learningRate) }

  /// Takes over the state of an `SGD` of the same parameters and momentum.
  public func load(_ state: OptimizerState) throws(OptimizerStateError) {
    learningRate = try slots.load(state, kind: "SGD")
  }
}
