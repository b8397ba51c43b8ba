/// What a model costs for one sample: parameters and arithmetic, layer by layer.
///
/// Arithmetic is counted in multiply-adds of linear layers, convolutions, recurrences and attention.
/// Biases, normalizations, activations and poolings are left out, as in the tables of papers; they
/// are a per cent or so. A multiply-add is two floating-point operations: where a paper or
/// torchvision's model list says FLOPs it often means multiply-adds, so compare with care.
public struct ModelCost: Sendable, Hashable {
  /// The cost of one layer.
  public struct LayerCost: Sendable, Hashable {
    /// The dotted path within the model; empty for the model itself.
    public let path: String
    /// The layer's type: `Conv2d`.
    public let kind: String
    /// The shape of its output for one sample, without the batch; nil where the pass did not reach
    /// the layer, or the layer has no tensor of its own to tell of.
    public let outputShape: [Int]?
    /// The numbers in the parameters that the layer holds itself, each counted in the first layer
    /// that holds it.
    public let parameters: Int
    /// The multiply-adds of one sample.
    public let multiplyAdds: Int

    /// Floating-point operations: twice the multiply-adds.
    public var flops: Int { 2 * multiplyAdds }
  }

  /// The shape of the sample, without the batch.
  public let inputShape: [Int]
  /// The shape of the output for one sample.
  public let outputShape: [Int]
  /// The layers that hold parameters or compute products, in the order of declaration.
  public let layers: [LayerCost]

  /// The numbers in all parameters.
  public var parameters: Int { layers.reduce(0) { $0 + $1.parameters } }
  /// The multiply-adds of one sample.
  public var multiplyAdds: Int { layers.reduce(0) { $0 + $1.multiplyAdds } }
  /// Floating-point operations of one sample in one forward pass: twice the multiply-adds.
  public var flops: Int { 2 * multiplyAdds }
}
