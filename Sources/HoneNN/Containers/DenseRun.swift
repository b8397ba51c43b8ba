import HoneTensor

/// A linear map in a sequence with the batch normalization, the rectifier and the dropout behind it, in
/// this order, as far as they are there: what one kernel runs, with further such runs behind it.
struct DenseRun {
  private let hasNorm: Bool
  private let rectifies: Bool
  private let drops: Bool
  /// How many layers there are.
  let count: Int

  /// The layers from the first one on; nil where that is no linear map.
  init?(_ layers: ArraySlice<any Layer<Tensor, Tensor>>) {
    guard let linear = layers.first as? Linear else { return nil }
    var rest = layers.dropFirst()
    hasNorm = (rest.first as? BatchNorm)?.features == linear.outputs
    if hasNorm { rest = rest.dropFirst() }
    rectifies = rest.first is ReLU
    drops = rectifies && rest.dropFirst().first is Dropout
    count = 1 + (hasNorm ? 1 : 0) + (rectifies ? 1 : 0) + (drops ? 1 : 0)
  }

  /// What the kernel takes for so many rows; nil where the layers must run one by one.
  /// - Parameters:
  ///   - layers: the sequence's layers.
  ///   - start: the place of the linear map.
  func arguments(
    of layers: [any Layer<Tensor, Tensor>], from start: Int, rows: Int
  ) -> DenseLayerArguments? {
    guard let linear = layers[start] as? Linear, linear.kernel == .automatic,
      isRecordingGradientsSometime
        || Tensor.hasTiles(rows: rows, weights: linear.inputs * linear.outputs)
        || !LinearKernelChoice.prefersOneDNN(
          rows: rows, inputs: linear.inputs, outputs: linear.outputs)
    else { return nil }
    let norm = hasNorm ? layers[start + 1] as? BatchNorm : nil
    if let norm, norm.kernel != .automatic || norm.momentum == nil || norm.synchronization != nil {
      return nil
    }
    let dropout = drops ? layers[start + count - 1] as? Dropout : nil
    return DenseLayerArguments(
      weight: linear.weight.value, bias: linear.bias?.value, norm: norm.map(arguments),
      count: norm?.batchCount?.value, rectified: rectifies,
      dropout: dropout.map { $0.isTraining ? $0.probability : 0 } ?? 0)
  }

  private func arguments(_ norm: BatchNorm) -> BatchNormArguments {
    BatchNormArguments(
      weight: norm.weight?.value, bias: norm.bias?.value, runningMean: norm.runningMean?.value,
      runningVariance: norm.runningVariance?.value, usesBatch: norm.usesBatchStatistics,
      momentum: norm.momentum ?? 0, epsilon: norm.epsilon)
  }
}
