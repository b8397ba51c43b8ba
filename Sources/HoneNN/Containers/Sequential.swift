public import HoneTensor

/// Layers that run one after another.
///
/// Children are named by position, as in PyTorch: `0.weight`.
public final class Sequential: Layer {
  /// The layers in their order.
  public let layers: [any Layer<Tensor, Tensor>]

  /// The layers that a builder lists; `if`, `else`, `switch`, `for` and optionals may decide.
  public init(@LayerBuilder _ layers: () throws -> [any Layer<Tensor, Tensor>]) rethrows {
    self.layers = try layers()
  }

  /// The given layers.
  public init(_ layers: [any Layer<Tensor, Tensor>]) { self.layers = layers }

  /// The output of the last layer; the input itself where there are none.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    var value = input
    for layer in layers { value = layer(value) }
    return value
  }

  /// The layers, named by position.
  public var children: [ModuleChild] {
    layers.enumerated().map { ModuleChild(name: "\($0.offset)", content: .module($0.element)) }
  }
}
