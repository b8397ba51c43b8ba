package import HoneTensor

/// A model of nothing but linear maps with what one kernel runs behind them, whose loss and gradients one
/// call gives.
///
/// The numbers are those of the graph that the model would make, bit for bit: a step may be taken either way.
package struct DenseStep {
  private let layers: [any Layer<Tensor, Tensor>]
  private let runs: [(start: Int, run: DenseRun)]
  private let recomputations: [Recomputation]

  /// The layers of a model; nil where it has others, or computes parts of itself again.
  package init?(_ model: any Layer<Tensor, Tensor>) {
    guard var layers = flatChain(of: model) else { return nil }
    if let flatten = layers.first as? Flatten, flatten.start == 1, flatten.end == -1 {
      layers.removeFirst()
    }
    var runs: [(start: Int, run: DenseRun)] = []
    var start = 0
    while start < layers.count {
      guard let run = DenseRun(layers[start...]) else { return nil }
      runs.append((start, run))
      start += run.count
    }
    if runs.isEmpty { return nil }
    self.layers = layers
    self.runs = runs
    recomputations = Self.recomputations(in: model)
  }

  /// The mean cross-entropy of a batch, whose gradients go to the parameters, and how many samples are named
  /// rightly; nil where the model must make a graph: then nothing was drawn or changed.
  ///
  /// Whoever traces the layers is shown what each gives, as by `LayerTrace.fused`.
  /// - Parameters:
  ///   - input: the samples, `[batch, …]`.
  ///   - labels: the class of each sample, `[batch]`.
  ///   - smoothing: the share of each label that is spread over all classes.
  package func callAsFunction(
    _ input: Tensor, labels: Tensor, smoothing: Double
  ) -> (loss: Double, right: Int)? {
    guard !input.isPoisoned, !recomputations.contains(where: \.isOn) else { return nil }
    let shape = input.shape
    guard shape.count >= 2, shape[0] > 0 else { return nil }
    var arguments: [DenseLayerArguments] = []
    for (start, run) in runs {
      guard (layers[start] as? Linear)?.outputObserver == nil,
        let own = run.arguments(of: layers, from: start, rows: shape[0])
      else { return nil }
      arguments.append(own)
    }
    let rows =
      shape.count == 2 ? input : input.reshaped([shape[0], shape.dropFirst().reduce(1, *)])
    return LayerTrace.fused(
      layers.flatMap { ($0 as? BatchNorm)?.buffers ?? [] }, isObserved: false, on: .cpu
    ) {
      rows.denseStep(
        arguments, labels: labels, smoothing: smoothing, ignored: Loss.ignoredByDefault)
    } layers: {
      _ = layers.reduce(rows) { $1($0) }
    }
  }

  private static func recomputations(
    in model: any Layer<Tensor, Tensor>
  ) -> [Recomputation] {
    let inner = (model as? any LayerChain)?.chain.flatMap(recomputations) ?? []
    return ((model as? any Recomputing).map { [$0.recomputation] } ?? []) + inner
  }
}
