import CTorch

extension Tensor {
  /// A linear map of rows and what follows it, as one node of the graph.
  ///
  /// One product and the passes of batch normalization, for `float32` and bfloat16 autocast on the CPU.
  /// - Parameters:
  ///   - weight: the weight, `[outputs, inputs]`.
  ///   - bias: the shift, `[outputs]`.
  ///   - norm: a batch normalization behind the map.
  ///   - count: the batches that the normalization has seen, to which this one is added where its own
  ///     statistics are used.
  ///   - rectified: whether negative values become zero.
  ///   - dropout: the share of rectified values that are dropped, by a seed from the thread's source.
  /// - Returns: nil where the kernel does not suit; then nothing was drawn or changed.
  package func denseBlock(
    _ weight: Tensor, bias: Tensor?, norm: BatchNormArguments?, count: Tensor?, rectified: Bool,
    dropout: Double
  ) -> Tensor? {
    var out: ct_tensor?
    let source = dropout > 0 ? RandomSource.current(on: .cpu) : nil
    let status = withExtendedLifetime((handle, weight, bias, norm, count, source)) {
      guard let norm else {
        return ct_dense_block(
          pointer, weight.pointer, bias?.pointer, nil, rectified, dropout, source?.pointer, &out)
      }
      var behind = ct_dense_norm(
        weight: norm.weight?.pointer, bias: norm.bias?.pointer,
        running_mean: norm.runningMean?.pointer, running_variance: norm.runningVariance?.pointer,
        count: count?.pointer, uses_batch: norm.usesBatch, momentum: norm.momentum,
        epsilon: norm.epsilon)
      return ct_dense_block(
        pointer, weight.pointer, bias?.pointer, &behind, rectified, dropout, source?.pointer, &out)
    }
    check(status, "denseBlock")
    return status == CT_OK ? out.map { Tensor(owning: $0) } : .poisoned
  }
}
