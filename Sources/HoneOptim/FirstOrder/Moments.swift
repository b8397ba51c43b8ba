import HoneTensor

/// Takes gradients into Adam's running averages: the first slot of gradients, the second of squares.
func updateMoments(_ slots: [[Tensor]], with gradients: [Tensor], betas: AdamBetas) {
  ATen._foreach_lerp__Scalar(slots[0], tensors1: gradients, weight: Scalar(1 - betas.first))
  ATen._foreach_mul__Scalar(slots[1], scalar: Scalar(betas.second))
  ATen._foreach_addcmul__Scalar(
    slots[1], tensor1: gradients, tensor2: gradients, value: Scalar(1 - betas.second))
}

/// √(second moment / correction) + epsilon.
func rootOfSecondMoment(
  _ moments: [Tensor], correction: Double, epsilon: Double
) -> [Tensor] {
  let roots = ATen._foreach_sqrt(moments)
  ATen._foreach_div__Scalar(roots, scalar: Scalar(correction.squareRoot()))
  ATen._foreach_add__Scalar(roots, scalar: Scalar(epsilon))
  return roots
}

extension ParameterSlots.Batch {
  /// One step of Adam, of all parameters in one kernel.
  ///
  /// A third slot is that of AMSGrad.
  /// - Parameters:
  ///   - slots: the averages of gradients, of their squares, and the latter's largest values so far.
  ///   - isDecoupled: whether weight decay acts on the weights and not in the gradients.
  func stepByAdam(
    _ slots: [[Tensor]], rate: Double, betas: AdamBetas, epsilon: Double, isDecoupled: Bool
  ) {
    let step = AdamStep(
      rate: rate, firstBeta: betas.first, secondBeta: betas.second,
      weightDecay: group.weightDecay, epsilon: epsilon, step: self.step, isDecoupled: isDecoupled)
    if step.update(values, gradients: gradients, slots: slots) { return }
    let count = Tensor.full([], Scalar(Double(self.step)), device: device)
    let isAMSGrad = slots.count > 2
    let update = isDecoupled ? ATen._fused_adamw_ : ATen._fused_adam_
    update(
      values, gradients, slots[0], slots[1], isAMSGrad ? slots[2] : [],
      [Tensor](repeating: count, count: values.count), rate, betas.first, betas.second,
      group.weightDecay, epsilon, isAMSGrad, false, nil, nil)
  }
}
