extension LayerSpecification {
  /// Layers that slide weights over positions.
  public enum Convolution: Sendable, Equatable, Codable {
    /// A convolution over sequences.
    case conv1d(
      outputs: LayerOutputs, kernel: Int = 3, stride: Int = 1, padding: PaddingSpecification = 0,
      groups: Int = 1, dilation: Int = 1, bias: Bool = true,
      initializer: InitializerSpecification? = nil)
    /// A convolution over images.
    case conv2d(
      outputs: LayerOutputs, kernel: Sides = 3, stride: Sides = 1,
      padding: PaddingSpecification = 0, groups: Int = 1, dilation: Sides = 1, bias: Bool = true,
      initializer: InitializerSpecification? = nil)
  }
}
