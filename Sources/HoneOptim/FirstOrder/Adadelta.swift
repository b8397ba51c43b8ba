import HoneTensor

/// Adadelta: steps as large as the steps before, in units of the weights; the learning rate only
/// scales them.
///
/// Weight decay is L2. Zeiler 2012 (arXiv 1212.5701).
public final class Adadelta: Optimizer {
  /// The parameters, grouped by how they are treated.
  public var groups: [ParameterGroup] { slots.groups }
  /// The rate of the next step, before each group's `learningRateScale`.
  public var learningRate: Double
  /// The share of the averages of squared gradients and of squared steps that each step keeps.
  public let smoothing: Double
  /// What is added under both roots.
  public let epsilon: Double
  private var slots: ParameterSlots

  /// An optimiser of parameter groups.
  /// - Precondition: `smoothing` is in 0..<1, the others are finite and not negative.
  public init(
    _ groups: [ParameterGroup], learningRate: Double = 1, smoothing: Double = 0.9,
    epsilon: Double = 1e-6
  ) {
    requireNonNegative(learningRate, "learningRate")
    requireFraction(smoothing, "smoothing")
    requireNonNegative(epsilon, "epsilon")
    self.learningRate = learningRate
    self.smoothing = smoothing
    self.epsilon = epsilon
    slots = ParameterSlots(groups, names: ["secondMoment", "squaredSteps"])
  }

  /// Changes the parameters once.
  public func step() {
    slots.advance { batch, slots in
      let gradients = batch.decayedGradients
      remember(gradients, in: slots[0])
      let scale = rootMeanSquare(slots[0])
      let change = rootMeanSquare(slots[1])
      ATen._foreach_div__List(change, other: scale)
      ATen._foreach_mul__List(change, other: gradients)
      remember(change, in: slots[1])
      ATen._foreach_add__List(
        batch.values, other: change,
        alpha: Scalar(-learningRate * batch.group.learningRateScale))
    }
  }

  /// What an exact continuation needs besides the parameters themselves.
  public var state: OptimizerState { slots.state(kind: "Adadelta", learningRate: learningRate) }

  /// Takes over the state of an `Adadelta` of the same parameters.
  public func load(_ state: OptimizerState) throws(OptimizerStateError) {
    learningRate = try slots.load(state, kind: "Adadelta")
  }

  private func remember(_ values: [Tensor], in averages: [Tensor]) {
    ATen._foreach_mul__Scalar(averages, scalar: Scalar(smoothing))
    ATen._foreach_addcmul__Scalar(
      averages, tensor1: values, tensor2: values, value: Scalar(1 - smoothing))
  }

  private func rootMeanSquare(_ averages: [Tensor]) -> [Tensor] {
    let roots = ATen._foreach_add_Scalar(averages, scalar: Scalar(epsilon))
    ATen._foreach_sqrt_(roots)
    return roots
  }
}
