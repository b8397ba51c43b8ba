import CTorch

/// A linear map of rows and what is behind it.
package struct DenseLayerArguments {
  /// The weight, `[outputs, inputs]`.
  package var weight: Tensor
  /// The shift, `[outputs]`.
  package var bias: Tensor?
  /// A batch normalization behind the map.
  package var norm: BatchNormArguments?
  /// The batches that the normalization has seen, to which this one is added where its own statistics
  /// are used.
  package var count: Tensor?
  /// Whether negative values become zero.
  package var rectified: Bool
  /// The share of rectified values that are dropped, by a seed from the thread's source.
  package var dropout: Double

  /// A layer.
  package init(
    weight: Tensor, bias: Tensor?, norm: BatchNormArguments?, count: Tensor?, rectified: Bool,
    dropout: Double
  ) {
    self.weight = weight
    self.bias = bias
    self.norm = norm
    self.count = count
    self.rectified = rectified
    self.dropout = dropout
  }

  /// The layer as the kernel takes it; valid as long as this value is.
  fileprivate var layer: ct_dense_layer {
    ct_dense_layer(
      weight: weight.pointer, bias: bias?.pointer,
      norm: ct_dense_norm(
        weight: norm?.weight?.pointer, bias: norm?.bias?.pointer,
        running_mean: norm?.runningMean?.pointer, running_variance: norm?.runningVariance?.pointer,
        count: count?.pointer, uses_batch: norm?.usesBatch ?? false, momentum: norm?.momentum ?? 0,
        epsilon: norm?.epsilon ?? 0),
      has_norm: norm != nil, rectified: rectified, dropout: dropout)
  }
}

extension Tensor {
  /// Linear maps of rows, each with what is behind it, one after another as one node of the graph.
  ///
  /// A product and the passes of batch normalization for each, for `float32` and bfloat16 autocast on
  /// the CPU.
  /// - Returns: nil where the kernel does not suit; then nothing was drawn or changed.
  package func denseBlock(_ layers: [DenseLayerArguments]) -> Tensor? {
    var out: ct_tensor?
    let source = layers.contains { $0.dropout > 0 } ? RandomSource.current(on: .cpu) : nil
    let status = withExtendedLifetime((handle, layers, source)) {
      ct_dense_block(pointer, layers.map(\.layer), ct_int(layers.count), source?.pointer, &out)
    }
    check(status, "denseBlock")
    return status == CT_OK ? out.map { Tensor(owning: $0) } : .poisoned
  }

  /// The forward pass of such layers, the cross-entropy of their output, and its gradients, added to those
  /// of the parameters: what `denseBlock`, the loss and `backward()` give, bit for bit, without a graph.
  /// - Parameters:
  ///   - labels: the class of each row, `[rows]`.
  ///   - smoothing: the share of each label that is spread over all classes.
  ///   - ignored: the label of rows that do not count.
  /// - Returns: the mean loss, without gradients where it is not finite, and how many rows' own label has
  ///   the largest logit alone; nil where the kernel does not suit: then nothing was drawn or changed.
  package func denseStep(
    _ layers: [DenseLayerArguments], labels: Tensor, smoothing: Double, ignored: Int
  ) -> (loss: Double, right: Int)? {
    var outcome = ct_dense_outcome()
    let source = layers.contains { $0.dropout > 0 } ? RandomSource.current(on: .cpu) : nil
    let status = withExtendedLifetime((handle, layers, labels, source)) {
      ct_dense_step(
        pointer, layers.map(\.layer), ct_int(layers.count), labels.pointer, smoothing,
        Int64(ignored), source?.pointer, &outcome)
    }
    check(status, "denseStep")
    return status == CT_OK && outcome.taken ? (outcome.loss, Int(outcome.right)) : nil
  }
}
