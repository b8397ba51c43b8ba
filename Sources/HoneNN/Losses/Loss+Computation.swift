public import HoneTensor

extension Loss {
  /// The mean over the batch, a scalar.
  ///
  /// A target `[batch]` beside an output `[batch, 1]` is taken as its column.
  /// - Parameters:
  ///   - output: what the model gave.
  ///   - target: what it should have given.
  public func callAsFunction(_ output: Tensor, _ target: Tensor) -> Tensor {
    computed(output, target, reduction: .mean)
  }

  /// The loss of each sample, `[batch]`: the mean over its elements, class weights included.
  ///
  /// Their mean is the batch's loss, except with class weights.
  /// - Parameters:
  ///   - output: what the model gave.
  ///   - target: what it should have given.
  public func perSample(_ output: Tensor, _ target: Tensor) -> Tensor {
    let elements = computed(output, target, reduction: .none)
    let rank = elements.rank
    return rank > 1 ? elements.mean(along: Array(1..<rank)) : elements
  }

  /// libtorch's codes.
  private enum Reduction: Int {
    case none = 0
    case mean = 1
  }

  private func computed(_ output: Tensor, _ target: Tensor, reduction: Reduction) -> Tensor {
    if output.isPoisoned || target.isPoisoned { return .poisoned }
    let dtype = output.dtype
    let isHalf = dtype == .float16 || dtype == .bfloat16
    let output = isHalf ? output.cast(to: .float32) : output
    if case .crossEntropy(let smoothing, let weights) = kind {
      return crossEntropy(output, target, smoothing, weights, reduction)
    }
    let isColumn = output.rank == target.rank + 1 && output.shape.last == 1
    let target = (isColumn ? target.unsqueezed(at: -1) : target).cast(to: output.dtype)
    guard output.shape == target.shape else {
      return failPrecondition(
        "Loss \(name) received an output of shape \(output.shape) and a target of shape "
          + "\(target.shape); they must be equal.")
    }
    return elementwise(output, target, reduction.rawValue)
  }

  private func elementwise(_ output: Tensor, _ target: Tensor, _ reduction: Int) -> Tensor {
    switch kind {
    case .binaryCrossEntropyWithLogits:
      ATen.binary_cross_entropy_with_logits(output, target: target, reduction: reduction)
    case .meanSquaredError: ATen.mse_loss(output, target: target, reduction: reduction)
    case .meanAbsoluteError: ATen.l1_loss(output, target: target, reduction: reduction)
    case .huber(let delta):
      ATen.huber_loss(output, target: target, reduction: reduction, delta: delta)
    case .crossEntropy: fatalError("Cross-entropy is not elementwise.")
    }
  }

  private func crossEntropy(
    _ output: Tensor, _ target: Tensor, _ smoothing: Double, _ weights: [Double]?,
    _ reduction: Reduction
  ) -> Tensor {
    let shape = output.shape
    let hasIndices = !target.dtype.isFloatingPoint
    let expected = hasIndices ? [shape.first ?? 0] + shape.dropFirst(2) : shape
    guard shape.count >= 2, target.shape == expected else {
      return failPrecondition(
        "Loss crossEntropy received an output of shape \(shape) and a \(target.dtype) target of "
          + "shape \(target.shape); it needs [batch, classes] with class indices [batch] (whole "
          + "numbers) or probabilities [batch, classes].")
    }
    guard weights == nil || weights?.count == shape[1] else {
      return failPrecondition(
        "Loss crossEntropy has \(weights?.count ?? 0) class weights and received an output of "
          + "\(shape[1]) classes; the numbers must be equal.")
    }
    let weight = weights.map { Tensor($0).cast(to: output.dtype).to(output.device) }
    return ATen.cross_entropy_loss(
      output, target: target.cast(to: hasIndices ? .int64 : output.dtype), weight: weight,
      reduction: reduction.rawValue, label_smoothing: smoothing)
  }
}
