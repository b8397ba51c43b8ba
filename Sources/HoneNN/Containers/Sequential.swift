public import HoneTensor

/// Layers that run one after another.
///
/// Children are named by position, as in PyTorch: `0.weight`.
public final class Sequential: Layer {
  /// The layers in their order.
  public let layers: [any Layer<Tensor, Tensor>]
  /// The positions of normalizations that a rectifier follows: the two run as one.
  private let rectifiedNorms: Set<Int>

  /// The layers that a builder lists; `if`, `else`, `switch`, `for` and optionals may decide.
  public convenience init(@LayerBuilder _ layers: () throws -> [any Layer<Tensor, Tensor>]) rethrows
  {
    self.init(try layers())
  }

  /// The given layers.
  public init(_ layers: [any Layer<Tensor, Tensor>]) {
    self.layers = layers
    rectifiedNorms = Set(
      layers.indices.dropLast().filter { layers[$0] is BatchNorm && layers[$0 + 1] is ReLU })
  }

  /// The output of the last layer; the input itself where there are none.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    var value = input
    var position = 0
    while position < layers.count {
      if rectifiedNorms.contains(position), let norm = layers[position] as? BatchNorm {
        value = norm.rectified(value)
        position += 2
      } else {
        value = layers[position](value)
        position += 1
      }
    }
    return value
  }

  /// The layers, named by position.
  public var children: [ModuleChild] {
    layers.enumerated().map { ModuleChild(name: "\($0.offset)", content: .module($0.element)) }
  }
}
