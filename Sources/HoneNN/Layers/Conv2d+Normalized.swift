public import HoneTensor

extension Conv2d {
  /// The convolution with a batch normalization behind it, and what follows in residual networks.
  ///
  /// In evaluation on the CPU, while nothing is recorded, normalization, addition and rectifier are part
  /// of the convolution, whose weight is kept in the order that the kernel computes in until it changes
  /// or gradients are recorded.
  /// - Parameters:
  ///   - input: `[batch, inputs, height, width]`.
  ///   - norm: the normalization of the outputs.
  ///   - rectified: whether negative values become zero in the end.
  ///   - shortcut: what is added to the normalized map, of its shape.
  /// - Returns: `[batch, outputs, height, width]`.
  public func normalized(
    _ input: Tensor, by norm: BatchNorm, rectified: Bool = false, adding shortcut: Tensor? = nil
  ) -> Tensor {
    func oneByOne() -> Tensor {
      let map = self(input)
      if rectified { return norm.rectified(map, adding: shortcut) }
      return shortcut.map { norm(map) + $0 } ?? norm(map)
    }
    guard canFold(norm, input), let kernel = folded(norm, input.shape) else { return oneByOne() }
    let output = LayerTrace.fused(norm.buffers, isObserved: outputObserver != nil, on: .cpu) {
      kernel(input, adding: shortcut, rectified: rectified)
    } layers: {
      _ = oneByOne()
    }
    return output ?? oneByOne()
  }

  private func canFold(_ norm: BatchNorm, _ input: Tensor) -> Bool {
    if isRecordingGradientsSometime {
      // Training changes the weight, and has no use for a second one.
      folding = nil
      return false
    }
    if norm.usesBatchStatistics || norm.kernel != .automatic || usesStandardKernels { return false }
    if input.isPoisoned || input.isMeta { return false }
    return input.rank == 4 && input.count > 0 && input.dtype == .float32
      && input.device.kind == .cpu && weight.value.dtype == .float32
      && norm.features == weight.shape[0] && geometry.walk != nil
      && geometry.fits(input.shape) && !isAutocastEnabled(on: .cpu)
  }

  private func folded(_ norm: BatchNorm, _ shape: [Int]) -> FoldedConvolution? {
    guard let walk = geometry.walk else { return nil }
    let arguments = BatchNormArguments(
      weight: norm.weight?.value, bias: norm.bias?.value, runningMean: norm.runningMean?.value,
      runningVariance: norm.runningVariance?.value, usesBatch: false, momentum: 0,
      epsilon: norm.epsilon)
    if let kept = folding,
      kept.isCurrent(weight: weight.value, bias: bias?.value, norm: arguments, shape: shape)
    {
      return kept
    }
    folding = FoldedConvolution(
      weight: weight.value, bias: bias?.value, norm: arguments, walk: walk, shape: shape)
    return folding
  }
}
