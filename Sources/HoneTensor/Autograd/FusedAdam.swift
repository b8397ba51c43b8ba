import CTorch

/// The numbers of a step of Adam.
package struct AdamStep {
  /// The learning rate.
  package var rate: Double
  /// How slowly the average of gradients forgets.
  package var firstBeta: Double
  /// How slowly the average of squares forgets.
  package var secondBeta: Double
  /// The strength of weight decay.
  package var weightDecay: Double
  /// What is added to the denominator.
  package var epsilon: Double
  /// The number of the step, from 1.
  package var step: Int
  /// Whether weight decay acts on the weights and not in the gradients.
  package var isDecoupled: Bool

  /// The numbers of a step.
  package init(
    rate: Double, firstBeta: Double, secondBeta: Double, weightDecay: Double, epsilon: Double,
    step: Int, isDecoupled: Bool
  ) {
    self.rate = rate
    self.firstBeta = firstBeta
    self.secondBeta = secondBeta
    self.weightDecay = weightDecay
    self.epsilon = epsilon
    self.step = step
    self.isDecoupled = isDecoupled
  }

  /// Changes parameters and their averages in one pass over all of them, on the CPU.
  /// - Parameters:
  ///   - values: the parameters.
  ///   - gradients: their gradients.
  ///   - slots: averages of gradients, of squares, and the latter's largest values where kept.
  /// - Returns: whether it did; tensors elsewhere or in other types stay as they are.
  package func update(_ values: [Tensor], gradients: [Tensor], slots: [[Tensor]]) -> Bool {
    var options = ct_adam_options(
      rate: rate, first_beta: firstBeta, second_beta: secondBeta, weight_decay: weightDecay,
      epsilon: epsilon, step: Int64(step), decoupled: isDecoupled)
    var isDone = false
    let largest = slots.count > 2 ? slots[2].map { $0.pointer } : nil
    let status = withExtendedLifetime((values, gradients, slots)) {
      ct_fused_adam(
        values.map { $0.pointer }, gradients.map { $0.pointer }, slots[0].map { $0.pointer },
        slots[1].map { $0.pointer }, largest, values.count, &options, &isDone)
    }
    check(status, "adam")
    return isDone || status != CT_OK
  }
}
