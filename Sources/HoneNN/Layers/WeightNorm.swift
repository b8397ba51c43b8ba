public import HoneTensor

/// Weight normalization (Salimans and Kingma 2016): the wrapped layer's weight is W = g V / ‖V‖, with
/// a length g for each index of one dimension and a direction V, both learned.
///
/// The state has the names of PyTorch's parametrization: `bias`, `parametrizations.weight.original0`
/// (g) and `parametrizations.weight.original1` (V). At first W is the wrapped layer's weight.
public final class WeightNorm: Layer, CustomStringConvertible {
  /// The wrapped layer; its own weight is the direction V.
  public let layer: any WeightedLayer
  /// The lengths g, of extent 1 in all dimensions but one.
  public let magnitude: Parameter
  /// The dimension with a length for each index; nil for one length of the whole weight.
  public let dimension: Int?

  /// A weight-normalized layer.
  /// - Parameters:
  ///   - layer: a linear layer or a convolution, which must not be used elsewhere.
  ///   - dimension: the dimension with a length for each index; nil for one length of the whole.
  public init(_ layer: any WeightedLayer, along dimension: Int? = 0) {
    let shape = layer.weight.shape
    if let dimension, !shape.indices.contains(dimension) {
      fatalError(
        "WeightNorm got along: \(dimension) for a weight of shape \(shape); it must be one of its "
          + "dimensions.")
    }
    self.layer = layer
    self.dimension = dimension
    let others = shape.indices.filter { $0 != dimension }
    magnitude = Parameter(
      withoutGradients {
        let weight = layer.weight.value
        if !weight.isMeta {
          let norm = ATen.linalg_vector_norm(weight, dim: others, keepdim: true)
          return dimension == nil ? norm.reshaped([]) : norm
        }
        return weight.metaOutput(
          dimension == nil ? [] : shape.indices.map { $0 == dimension ? shape[$0] : 1 })
      })
  }

  /// The normalized weight.
  public var weight: Tensor {
    let direction = layer.weight.value
    if direction.isMeta { return direction }
    guard let dimension else {
      return direction * (magnitude.value / ATen.linalg_vector_norm(direction))
    }
    return ATen._weight_norm(direction, g: magnitude.value, dim: dimension)
  }

  /// The wrapped layer's output under the normalized weight.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    let output = layer.output(of: input, weight: weight)
    if output.isMeta { CostTrace.credit(self, with: layer) }
    return output
  }

  /// The shift, the lengths and the direction, under PyTorch's names.
  public var children: [ModuleChild] {
    let bias = layer.bias.map { ModuleChild(name: "bias", content: .parameter($0)) }
    return [bias].compactMap { $0 } + [
      ModuleChild(name: "parametrizations.weight.original0", content: .parameter(magnitude)),
      ModuleChild(name: "parametrizations.weight.original1", content: .parameter(layer.weight)),
    ]
  }

  /// The layer as code: `WeightNorm(Linear(inputs: 4, outputs: 2))`.
  public var description: String { "WeightNorm(\(layer))" }
}
