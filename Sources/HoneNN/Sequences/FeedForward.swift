import HoneTensor

/// The feed-forward part of a Transformer's layer: two linear maps of each position, with an activation and dropout
/// between them.
struct FeedForward {
  let expansion: Linear
  let contraction: Linear
  let activation: Activation
  /// The share of activations that are dropped.
  let dropout: Double

  /// `[…, features]` to the same shape.
  func callAsFunction(_ input: Tensor) -> Tensor { fused(input) ?? inSteps(input) }

  private func inSteps(_ input: Tensor) -> Tensor { contraction(activated(expansion(input))) }

  /// The activation and dropout, in one pass where there is one.
  private func activated(_ wide: Tensor) -> Tensor {
    guard dropout > 0, !wide.isMeta else { return activation(wide) }
    func inSteps() -> Tensor { elementsDropped(activation(wide), dropout) }
    guard activation == .gelu(), !wide.isPoisoned else { return inSteps() }
    return LayerTrace.fused([], isObserved: false, on: wide.device) {
      wide.droppedGELU(dropout)
    } layers: {
      _ = inSteps()
    } ?? inSteps()
  }

  /// Both maps as one node of the graph; nil where they have to run one by one.
  private func fused(_ input: Tensor) -> Tensor? {
    guard activation == .relu, isRecordingGradientsSometime, !input.isPoisoned, !input.isMeta,
      expansion.kernel == .automatic, contraction.kernel == .automatic,
      input.dtype == .float32, !isAutocastEnabled(on: .cpu)
    else { return nil }
    let shape = input.shape
    let rows = shape.dropLast().reduce(1, *)
    guard shape.count >= 2, shape.last == expansion.inputs,
      !Tensor.trainsFastLinear
        || Tensor.hasTiles(rows: rows, weights: expansion.inputs * expansion.outputs)
    else { return nil }
    let output = LayerTrace.fused(
      [], isObserved: [expansion, contraction].contains { $0.outputObserver != nil }, on: .cpu
    ) {
      input.reshaped([rows, expansion.inputs]).denseBlock([
        arguments(expansion, rectified: true), arguments(contraction, rectified: false),
      ])
    } layers: {
      _ = inSteps(input)
    }
    return output.map { $0.reshaped(shape) }
  }

  private func arguments(_ map: Linear, rectified: Bool) -> DenseLayerArguments {
    DenseLayerArguments(
      weight: map.weight.value, bias: map.bias?.value, norm: nil, count: nil,
      rectified: rectified, dropout: rectified ? dropout : 0)
  }
}
