public import HoneTensor

extension Loss {
  /// The loss of a batch: its mean, a scalar, unless another reduction is asked for.
  ///
  /// A target `[batch]` beside an output `[batch, 1]` is taken as its column.
  /// - Parameters:
  ///   - output: what the model gave.
  ///   - target: what it should have given.
  ///   - reduction: how the losses become one number; with `.none` they are `[batch]` for losses of
  ///     one label per sample, of the output's shape for others.
  public func callAsFunction(
    _ output: Tensor, _ target: Tensor, reduction: Reduction = .mean
  ) -> Tensor {
    if output.isPoisoned || target.isPoisoned { return .poisoned }
    let output = raised(output)
    if case .gaussianNLL(let isFull, let epsilon) = kind {
      return normal(output, target, GaussianNLL(isFull: isFull, epsilon: epsilon), reduction)
    }
    if case .custom(let loss) = kind { return loss.loss(output, target, reduction) }
    guard case .elementwise(let kind) = kind else { return ofClasses(output, target, reduction) }
    let isColumn = output.rank == target.rank + 1 && output.shape.last == 1
    let target = (isColumn ? target.unsqueezed(at: -1) : target).cast(to: output.dtype)
    guard output.shape == target.shape else {
      return failPrecondition(
        "Loss \(name) received an output of shape \(output.shape) and a target of shape "
          + "\(target.shape); they must be equal.")
    }
    return kind.loss(output, target, reduction)
  }

  /// The loss of each sample, `[batch]`: the mean over its elements, class weights included.
  ///
  /// Their mean is the batch's loss, except with class weights and ignored samples, whose loss is zero.
  /// - Parameters:
  ///   - output: what the model gave.
  ///   - target: what it should have given.
  public func perSample(_ output: Tensor, _ target: Tensor) -> Tensor {
    let elements = self(output, target, reduction: .none)
    let rank = elements.rank
    return rank > 1 ? elements.mean(along: Array(1..<rank)) : elements
  }

  /// The likelihood of targets under the means and variances that an output holds.
  private func normal(
    _ output: Tensor, _ target: Tensor, _ likelihood: GaussianNLL, _ reduction: Reduction
  ) -> Tensor {
    let shape = output.shape
    let target = target.rank == 1 ? target.unsqueezed(at: 1) : target
    guard shape.count == 2, shape[1].isMultiple(of: 2), target.shape == [shape[0], shape[1] / 2]
    else {
      return failPrecondition(
        "Loss \(name) received an output of shape \(shape) and a target of shape "
          + "\(target.shape); it needs [batch, 2 targets], means and logarithms of variances, and "
          + "[batch, targets].")
    }
    let count = shape[1] / 2
    return likelihood(
      output.sliced(0..<count, along: 1),
      variance: output.sliced(count..<(2 * count), along: 1).exponential(),
      target.cast(to: output.dtype), reduction: reduction)
  }

  /// The losses of one label per sample or position.
  private func ofClasses(_ output: Tensor, _ target: Tensor, _ reduction: Reduction) -> Tensor {
    let shape = output.shape
    let hasIndices = !target.dtype.isFloatingPoint
    let expected = hasIndices ? [shape.first ?? 0] + shape.dropFirst(2) : shape
    guard shape.count >= 2, target.shape == expected else {
      return failPrecondition(
        "Loss \(name) received an output of shape \(shape) and a \(target.dtype) target of "
          + "shape \(target.shape); it needs [batch, classes] with class indices [batch] (whole "
          + "numbers) or probabilities [batch, classes].")
    }
    guard classWeights == nil || classWeights?.count == shape[1] else {
      return failPrecondition(
        "Loss \(name) has \(classWeights?.count ?? 0) class weights and received an output of "
          + "\(shape[1]) classes; the numbers must be equal.")
    }
    let weights = classWeights.map { Tensor($0).cast(to: output.dtype).to(output.device) }
    let target = target.cast(to: hasIndices ? .int64 : output.dtype)
    switch kind {
    case .crossEntropy(let smoothing, _, let ignored):
      return crossEntropy(output, target, smoothing, weights, ignored, reduction)
    case .focal(let gamma, _, let ignored):
      return focal(output, target, gamma, weights, ignored, reduction)
    case .multiMargin(let margin, let power, _):
      guard shape.count == 2, hasIndices else {
        return failPrecondition(
          "Loss \(name) received an output of shape \(shape) and a \(target.dtype) target; it needs "
            + "[batch, classes] with class indices [batch].")
      }
      return ATen.multi_margin_loss(
        output, target: target, p: Scalar(power), margin: Scalar(margin), weight: weights,
        reduction: reduction.rawValue)
    case .crossEntropyOnProbabilities(let smoothing, _):
      return crossEntropyOnProbabilities(output, target, smoothing, weights, reduction)
    case .klDivergence(let smoothing): return divergence(output, target, smoothing, reduction)
    case .elementwise, .gaussianNLL, .custom: fatalError("\(name) has no classes.")
    }
  }

  private var classWeights: [Double]? {
    switch kind {
    case .crossEntropy(_, let weights, _), .focal(_, let weights, _),
      .multiMargin(_, _, let weights), .crossEntropyOnProbabilities(_, let weights):
      weights
    case .elementwise, .klDivergence, .gaussianNLL, .custom: nil
    }
  }
}

/// A tensor in single precision where it is in half.
func raised(_ tensor: Tensor) -> Tensor {
  let isHalf = tensor.dtype == .float16 || tensor.dtype == .bfloat16
  return isHalf ? tensor.cast(to: .float32) : tensor
}

/// The losses' mean or sum, or the losses themselves.
func reduced(_ losses: Tensor, _ reduction: Loss.Reduction) -> Tensor {
  switch reduction {
  case .none: losses
  case .mean: losses.mean()
  case .sum: losses.sum()
  }
}
