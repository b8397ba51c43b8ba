import HoneTensor

extension Loss.Elementwise {
  /// The loss of an output and a target of one shape and element type.
  func loss(_ output: Tensor, _ target: Tensor, _ reduction: Loss.Reduction) -> Tensor {
    let code = reduction.rawValue
    switch self {
    case .binaryCrossEntropyWithLogits(let weights, let smoothing):
      return ATen.binary_cross_entropy_with_logits(
        output, target: smoothed(target, smoothing),
        pos_weight: weights.map { Tensor($0).cast(to: output.dtype).to(output.device) },
        reduction: code)
    case .binaryCrossEntropyOnProbabilities(let smoothing):
      let bounds = (Scalar(Loss.clipping), Scalar(1 - Loss.clipping))
      let sure = output.clamped(minimum: bounds.0, maximum: bounds.1)
      // The operator refuses what is not a number; the loss of a model that fails is not one either.
      guard sure.isPoisoned || sure.isFinite else { return reduced(sure, reduction) }
      return ATen.binary_cross_entropy(
        sure, target: smoothed(target, smoothing), reduction: code)
    case .meanSquaredError: return ATen.mse_loss(output, target: target, reduction: code)
    case .meanAbsoluteError: return ATen.l1_loss(output, target: target, reduction: code)
    case .huber(let delta):
      return ATen.huber_loss(output, target: target, reduction: code, delta: delta)
    case .smoothL1(let beta):
      return ATen.smooth_l1_loss(output, target: target, reduction: code, beta: beta)
    case .poisson(let isLogarithmic, let isFull, let epsilon):
      return ATen.poisson_nll_loss(
        output, target: target, log_input: isLogarithmic, full: isFull, eps: epsilon,
        reduction: code)
    case .binaryFocal(let gamma, let alpha):
      return reduced(focal(output, target, gamma, alpha), reduction)
    case .hinge(let isSquared):
      let sides = (target .> 0).cast(to: output.dtype) * 2 - 1
      let short = (1 - sides * output).clamped(minimum: 0)
      return reduced(isSquared ? short.squared() : short, reduction)
    case .quantile(let quantile):
      let missing = target - output
      return reduced(
        (missing * Scalar(quantile)).maximum(missing * Scalar(quantile - 1)), reduction)
    }
  }

  private func focal(
    _ output: Tensor, _ target: Tensor, _ gamma: Double, _ alpha: Double?
  ) -> Tensor {
    let entropy = ATen.binary_cross_entropy_with_logits(output, target: target, reduction: 0)
    let yes = output.sigmoid()
    let wrong = yes * (1 - target) + (1 - yes) * target
    // A power below 1 has no slope at zero.
    let losses = entropy * wrong.clamped(minimum: 1e-12).power(Scalar(gamma))
    guard let alpha else { return losses }
    return losses * (target * Scalar(alpha) + (1 - target) * Scalar(1 - alpha))
  }

  private func smoothed(_ target: Tensor, _ smoothing: Double) -> Tensor {
    smoothing > 0 ? target * Scalar(1 - smoothing) + Scalar(smoothing / 2) : target
  }
}
