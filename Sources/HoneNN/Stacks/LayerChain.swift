public import HoneTensor

/// A model that is layers one after another and nothing else.
///
/// Several of them that differ only in their numbers can be trained as one computation.
public protocol LayerChain: Layer where Input == Tensor, Output == Tensor {
  /// The layers in their order.
  var chain: [any Layer<Tensor, Tensor>] { get }
}

extension Sequential: LayerChain {
  /// The layers in their order.
  public var chain: [any Layer<Tensor, Tensor>] { layers }
}
