public import HoneNumerics
import HoneTensor

/// A weight and what belongs to it.
struct StackedWeight {
  let parameter: Parameter
  /// How many matrices lie in it one below the other: gates, or queries, keys and values.
  var count = 1
  /// The shifts beside it.
  var biases: [Parameter] = []
}

/// A layer whose weights hold several matrices.
protocol StackedWeights: Module {
  /// The weights in their order.
  var stackedWeights: [StackedWeight] { get }
}

extension Module {
  /// Draws the weights of linear, bilinear, convolutional, recurrent and attention layers anew, wherever
  /// in the model they are.
  ///
  /// Weights that the initializer does not fit keep their values (`dirac` is for kernels, `identity` and
  /// `sparse` for matrices), as do tables of embeddings, positions, normalizations and layers wrapped by
  /// a normalization of weights. The gates of a recurrent layer, and the projections of queries, keys
  /// and values, are drawn one by one. Biases beside the weights become zero, as in a layer made with
  /// the initializer; `Initializer.standard` gives linear layers and convolutions PyTorch's.
  /// - Parameters:
  ///   - initializer: the first values.
  ///   - spared: parameters that keep their values, with their biases.
  ///   - stream: where the first values come from.
  /// - Returns: how many weights were drawn.
  @discardableResult
  public func initializeWeights(
    _ initializer: Initializer, sparing spared: Set<ObjectIdentifier> = [],
    using stream: inout RandomStream
  ) -> Int {
    var stream = stream.layerStream()
    var done = spared
    var count = 0
    for (_, module) in namedModules {
      for weight in weights(of: module) {
        let shape = weight.parameter.shape
        let part = [shape[0] / weight.count] + shape.dropFirst()
        guard initializer.fits(part), done.insert(ObjectIdentifier(weight.parameter)).inserted
        else { continue }
        let parts = (0..<weight.count).map { _ in initializer.tensor(part, using: &stream) }
        weight.parameter.assign(parts.count == 1 ? parts[0] : Tensor.concatenated(parts))
        count += 1
        for bias in weight.biases { bias.begin(beside: module, initializer, using: &stream) }
      }
    }
    return count
  }
}

private func weights(of module: any Module) -> [StackedWeight] {
  switch module {
  case let layer as any WeightedLayer:
    [StackedWeight(parameter: layer.weight, biases: layer.bias.map { [$0] } ?? [])]
  case let layer as Bilinear:
    [StackedWeight(parameter: layer.weight, biases: layer.bias.map { [$0] } ?? [])]
  case let layer as any StackedWeights: layer.stackedWeights
  default: []
  }
}

extension Parameter {
  /// Gives a bias its first values.
  fileprivate func begin(
    beside module: any Module, _ initializer: Initializer, using stream: inout RandomStream
  ) {
    guard let layer = module as? any WeightedLayer else {
      if initializer != .standard { assign(Tensor.zeros(shape)) }
      return
    }
    assign(initialBias(besideWeight: layer.weight.shape, initializer).tensor(shape, using: &stream))
  }
}

extension RecurrentWeights {
  /// Each layer's weights; the biases of a layer and direction belong to its weight of inputs.
  var stacked: [StackedWeight] {
    named.filter { $0.name.hasPrefix("weight") }.map { name, parameter in
      if name.hasPrefix("weight_hr") { return StackedWeight(parameter: parameter) }
      let bias = "bias" + name.dropFirst("weight".count)
      return StackedWeight(
        parameter: parameter, count: cell.gates,
        biases: named.filter { $0.name == bias }.map(\.parameter))
    }
  }
}

extension MultiHeadAttention: StackedWeights {
  var stackedWeights: [StackedWeight] {
    let biases = inputBias.map { [$0] } ?? []
    if let inputWeight { return [StackedWeight(parameter: inputWeight, count: 3, biases: biases)] }
    return separateWeights.enumerated().map {
      StackedWeight(parameter: $0.element, biases: $0.offset == 0 ? biases : [])
    }
  }
}

extension Initializer {
  /// Whether the initializer can draw a weight of a shape, `[outputs, inputs, kernel…]`.
  public func fits(_ shape: [Int]) -> Bool {
    switch kind {
    case .constant, .normal, .uniform, .truncatedNormal: true
    case .identity, .sparse: shape.count == 2
    case .dirac(let groups): (3...5).contains(shape.count) && shape[0].isMultiple(of: groups)
    default: shape.count >= 2
    }
  }
}
