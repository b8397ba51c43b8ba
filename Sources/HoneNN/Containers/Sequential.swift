public import HoneTensor

/// Layers that run one after another.
///
/// Children are named by position, as in PyTorch: `0.weight`.
public final class Sequential: Layer, Recomputing {
  /// The layers in their order.
  public let layers: [any Layer<Tensor, Tensor>]
  /// The positions of normalizations that a rectifier follows: the two run as one.
  private let rectifiedNorms: Set<Int>
  /// At the place of its first layer, what one kernel runs; neighbours run as one.
  private let denseRuns: [DenseRun?]
  /// The positions of layers that run together with the one before.
  private let joined: Set<Int>
  /// Whether segments of the layers are computed again in the backward pass: about as many segments as
  /// the root of the number of layers, the last of which is remembered, for it comes first.
  public let recomputation = Recomputation()

  /// The layers that a builder lists; `if`, `else`, `switch`, `for` and optionals may decide.
  public convenience init(@LayerBuilder _ layers: () throws -> [any Layer<Tensor, Tensor>]) rethrows
  {
    self.init(try layers())
  }

  /// The given layers.
  public init(_ layers: [any Layer<Tensor, Tensor>]) {
    self.layers = layers
    let norms = layers.indices.dropLast()
      .filter { layers[$0] is BatchNorm && layers[$0 + 1] is ReLU }
    let runs = layers.indices.map { DenseRun(layers[$0...]) }
    rectifiedNorms = Set(norms)
    denseRuns = runs
    joined = Set(norms.map { $0 + 1 })
      .union(runs.indices.flatMap { start in (1..<(runs[start]?.count ?? 1)).map { start + $0 } })
  }

  /// The output of the last layer; the input itself where there are none.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    guard recomputation.isWanted(for: input), layers.count > 1 else {
      return run(layers.indices, input)
    }
    var value = input
    let length = Int(Double(layers.count).squareRoot().rounded(.up))
    var start = 0
    while start < layers.count {
      var end = min(start + length, layers.count)
      // What runs as one stays together.
      while joined.contains(end) { end += 1 }
      let segment = start..<end
      value =
        end == layers.count
        ? run(segment, value)
        : recomputation.recomputed(Array(layers[segment]), value) { self.run(segment, $0) }
      start = end
    }
    return value
  }

  /// The output of some of the layers.
  private func run(_ segment: Range<Int>, _ input: Tensor, fuses: Bool = true) -> Tensor {
    var value = input
    var position = segment.lowerBound
    while position < segment.upperBound {
      if fuses, let dense = dense(from: position, to: segment.upperBound, value) {
        (value, position) = dense
      } else if fuses, rectifiedNorms.contains(position),
        let norm = layers[position] as? BatchNorm
      {
        value = norm.rectified(value)
        position += 2
      } else {
        value = layers[position](value)
        position += 1
      }
    }
    return value
  }

  /// The output of layers that one kernel runs, and the place behind them; nil where they must run one by
  /// one.
  private func dense(
    from start: Int, to bound: Int, _ input: Tensor
  ) -> (output: Tensor, end: Int)? {
    guard denseRuns[start] != nil, !input.isPoisoned, !input.isMeta else { return nil }
    let shape = input.shape
    guard shape.count == 2 else { return nil }
    var end = start
    var isObserved = false
    var arguments: [DenseLayerArguments] = []
    while end < bound, let run = denseRuns[end], end + run.count <= bound,
      let own = run.arguments(of: layers, from: end, rows: shape[0])
    {
      arguments.append(own)
      isObserved = isObserved || (layers[end] as? Linear)?.outputObserver != nil
      end += run.count
    }
    if arguments.isEmpty { return nil }
    let own = start..<end
    let output = LayerTrace.fused(
      layers[own].flatMap { ($0 as? BatchNorm)?.buffers ?? [] }, isObserved: isObserved,
      on: input.device
    ) {
      input.denseBlock(arguments)
    } layers: {
      _ = run(own, input, fuses: false)
    }
    return output.map { ($0, end) }
  }

  /// The layers, named by position.
  public var children: [ModuleChild] {
    layers.enumerated().map { ModuleChild(name: "\($0.offset)", content: .module($0.element)) }
  }
}
