import HoneTensor

// What the layers that drop have in common. Masks are drawn from the thread's source, where there is
// one: libtorch's own functions of dropout know the process's generator alone.

/// Zeros with a probability, and what remains divided by its share, of a shape like an input's or of one
/// that broadcasts to it.
private func keptShares(_ shape: [Int]?, like input: Tensor, _ probability: Double) -> Tensor {
  let kept = keptOnes(shape, like: input, probability)
  ATen.div__Scalar(kept, other: Scalar(1 - probability))
  return kept
}

/// Zeros with a probability, ones for the rest.
func keptOnes(_ shape: [Int]?, like input: Tensor, _ probability: Double) -> Tensor {
  let kept =
    shape.map { Tensor.empty($0, dtype: input.dtype, device: input.device) }
    ?? ATen.empty_like(input)
  ATen.bernoulli__float(
    kept, p: 1 - probability, generator: RandomSource.current(on: input.device))
  return kept
}

/// Inverted dropout of each element; on the CPU and on CUDA in one kernel.
func elementsDropped(_ input: Tensor, _ probability: Double) -> Tensor {
  if input.isPoisoned || input.isMeta || input.count == 0 { return input }
  if input.device.kind == .cuda {
    return ATen._fused_dropout(
      input, p: 1 - probability, generator: RandomSource.current(on: input.device)
    ).0
  }
  if input.device.kind == .cpu { return input.dropped(probability) }
  return input * keptShares(nil, like: input, probability)
}

/// What inverted dropout multiplies the elements of a shape by, with the draws of `elementsDropped`.
func dropoutFactors(_ shape: [Int], like input: Tensor, _ probability: Double) -> Tensor {
  guard input.device.kind == .cuda || input.device.kind == .cpu else {
    return keptShares(shape, like: input, probability)
  }
  return elementsDropped(
    Tensor.ones(shape, dtype: input.dtype, device: input.device), probability)
}

/// Inverted dropout of whole channels.
func featuresDropped(_ input: Tensor, _ probability: Double) -> Tensor {
  input * keptShares(channelShape(of: input), like: input, probability)
}

/// Alpha dropout of each element.
func elementsAlphaDropped(_ input: Tensor, _ probability: Double) -> Tensor {
  alphaDropped(input, keptOnes(nil, like: input, probability), probability)
}

/// Alpha dropout of whole channels.
func featuresAlphaDropped(_ input: Tensor, _ probability: Double) -> Tensor {
  alphaDropped(
    input, keptOnes(channelShape(of: input), like: input, probability), probability)
}

private func channelShape(of input: Tensor) -> [Int] {
  input.shape.prefix(2) + [Int](repeating: 1, count: max(0, input.rank - 2))
}

/// SELU's limit far to the left, negated: scale times alpha.
private let limit = 1.758_099_340_847_376_6

/// a (x m - limit (1 - m) + limit p), with a so that the variance of standard normal inputs stays one.
private func alphaDropped(_ input: Tensor, _ kept: Tensor, _ probability: Double) -> Tensor {
  let scale = 1 / ((limit * limit * probability + 1) * (1 - probability)).squareRoot()
  let shift = (kept - 1) * Scalar(limit * scale) + Scalar(limit * scale * probability)
  return input * (kept * Scalar(scale)) + shift
}
