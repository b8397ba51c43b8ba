import HoneTensor

/// Layers of a sequence that one kernel runs: a linear map, batch normalization, a rectifier and dropout
/// behind it, in this order, as far as they are there.
struct DenseRun {
  private let linear: Linear
  private let norm: BatchNorm?
  private let rectifies: Bool
  private let dropout: Dropout?
  /// How many layers there are.
  let count: Int

  /// The layers from a place on; nil where they are no such run.
  init?(_ layers: ArraySlice<any Layer<Tensor, Tensor>>) {
    var rest = layers
    guard let linear = rest.popFirst() as? Linear else { return nil }
    var norm: BatchNorm?
    if let next = rest.first as? BatchNorm, next.features == linear.outputs {
      norm = next
      rest.removeFirst()
    }
    let rectifies = rest.first is ReLU
    var dropout: Dropout?
    if rectifies {
      rest.removeFirst()
      dropout = rest.popFirst() as? Dropout
    }
    guard norm != nil || rectifies else { return nil }
    self.linear = linear
    self.norm = norm
    self.rectifies = rectifies
    self.dropout = dropout
    count = 1 + (norm == nil ? 0 : 1) + (rectifies ? 1 : 0) + (dropout == nil ? 0 : 1)
  }

  /// The output of the last of the layers; nil where they must run one by one.
  func output(of input: Tensor) -> Tensor? {
    guard linear.kernel == .automatic, linear.outputObserver == nil, !LayerTrace.isRecording,
      !input.isPoisoned, !input.isMeta, norm.map(suits) ?? true,
      isRecordingGradients || !prefersOneDNN(input)
    else { return nil }
    let share = dropout.map { $0.isTraining ? $0.probability : 0 } ?? 0
    return input.denseBlock(
      linear.weight.value, bias: linear.bias?.value, norm: norm.map(arguments),
      count: norm?.batchCount?.value, rectified: rectifies, dropout: share)
  }

  private func suits(_ norm: BatchNorm) -> Bool {
    norm.kernel == .automatic && norm.momentum != nil && norm.synchronization == nil
  }

  /// Whether the product alone is faster by another kernel that knows no gradients.
  private func prefersOneDNN(_ input: Tensor) -> Bool {
    LinearKernelChoice.prefersOneDNN(
      rows: input.count / linear.inputs, inputs: linear.inputs, outputs: linear.outputs)
  }

  private func arguments(_ norm: BatchNorm) -> BatchNormArguments {
    BatchNormArguments(
      weight: norm.weight?.value, bias: norm.bias?.value, runningMean: norm.runningMean?.value,
      runningVariance: norm.runningVariance?.value, usesBatch: norm.usesBatchStatistics,
      momentum: norm.momentum ?? 0, epsilon: norm.epsilon)
  }
}
