import HoneTensor

// Attention of a sequence to itself in one pass over its projections, where that is faster.
extension MultiHeadAttention {
  /// Positions up to which gradients go by weights that are kept, where none are dropped; beyond, libtorch's
  /// kernel, which keeps none, takes less memory.
  private static let longestKept = 512

  /// The joined heads, `[batch, time, features]`; nil where the steps one by one have to do it.
  func fused(_ input: Tensor, _ mask: AttentionMask) -> Tensor? {
    guard Tensor.gainsByFusedAttention, let inputWeight, options.rotary == nil, mask.bias == nil,
      !input.isPoisoned, !input.isMeta, input.device.kind == .cpu, input.dtype == .float32,
      !isAutocastEnabled(on: .cpu)
    else { return nil }
    let shape = input.shape
    guard shape.count == 3, shape[2] == features, !shape.contains(0) else { return nil }
    let rate = isTraining ? options.dropout : 0
    guard rate > 0 || shape[1] <= Self.longestKept || !isRecordingGradientsSometime
    else { return nil }
    let projections = LinearKernelChoice.product(input, inputWeight.value, bias: inputBias?.value)
    if projections.isPoisoned { return projections }
    return projections.fusedAttention(
      heads: heads,
      blocked: mask.blockedKeys(queries: shape[1], keys: shape[1], device: input.device),
      dropout: rate)
  }
}
