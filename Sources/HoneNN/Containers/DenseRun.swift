import HoneTensor

/// Layers of a sequence that one kernel runs: a linear map, batch normalization, a rectifier and dropout
/// behind it, in this order, as far as they are there.
struct DenseRun {
  private let hasNorm: Bool
  private let rectifies: Bool
  private let drops: Bool
  /// How many layers there are.
  let count: Int

  /// The layers from the first one on; nil where they are no such run.
  init?(_ layers: ArraySlice<any Layer<Tensor, Tensor>>) {
    var rest = layers.dropFirst()
    guard let linear = layers.first as? Linear else { return nil }
    hasNorm = (rest.first as? BatchNorm)?.features == linear.outputs
    if hasNorm { rest = rest.dropFirst() }
    rectifies = rest.first is ReLU
    drops = rectifies && rest.dropFirst().first is Dropout
    guard hasNorm || rectifies else { return nil }
    count = 1 + (hasNorm ? 1 : 0) + (rectifies ? 1 : 0) + (drops ? 1 : 0)
  }

  /// Whether somebody looks at what the linear map gives.
  func isObserved(_ layers: [any Layer<Tensor, Tensor>], from start: Int) -> Bool {
    (layers[start] as? Linear)?.outputObserver != nil
  }

  /// The output of the last of the layers; nil where they must run one by one, and then nothing was drawn
  /// or changed.
  /// - Parameters:
  ///   - layers: the sequence's layers.
  ///   - start: the place of the linear map.
  func output(
    of input: Tensor, through layers: [any Layer<Tensor, Tensor>], from start: Int
  ) -> Tensor? {
    guard let linear = layers[start] as? Linear, linear.kernel == .automatic,
      !input.isPoisoned, !input.isMeta,
      isRecordingGradientsSometime || !prefersOneDNN(linear, input)
    else { return nil }
    let norm = hasNorm ? layers[start + 1] as? BatchNorm : nil
    if let norm, norm.kernel != .automatic || norm.momentum == nil || norm.synchronization != nil {
      return nil
    }
    let dropout = drops ? layers[start + count - 1] as? Dropout : nil
    return input.denseBlock(
      linear.weight.value, bias: linear.bias?.value, norm: norm.map(arguments),
      count: norm?.batchCount?.value, rectified: rectifies,
      dropout: dropout.map { $0.isTraining ? $0.probability : 0 } ?? 0)
  }

  /// Whether the product alone is faster by another kernel that knows no gradients.
  private func prefersOneDNN(_ linear: Linear, _ input: Tensor) -> Bool {
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
