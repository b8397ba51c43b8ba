extension LayerSpecification {
  /// Layers that slide weights over positions.
  public enum Convolution: Sendable, Equatable, Codable {
    /// A convolution over sequences.
    case conv1d(
      outputs: LayerOutputs, kernel: Int = 3, stride: Int = 1, padding: PaddingSpecification = 0,
      paddingMode: PaddingContent = .zeros, groups: Int = 1, dilation: Int = 1, bias: Bool = true,
      initializer: InitializerSpecification? = nil)
    /// A convolution over images.
    case conv2d(
      outputs: LayerOutputs, kernel: Sides = 3, stride: Sides = 1,
      padding: PaddingSpecification = 0, paddingMode: PaddingContent = .zeros, groups: Int = 1,
      dilation: Sides = 1, bias: Bool = true, initializer: InitializerSpecification? = nil)
    /// A convolution over volumes.
    case conv3d(
      outputs: LayerOutputs, kernel: Sides = 3, stride: Sides = 1,
      padding: PaddingSpecification = 0, paddingMode: PaddingContent = .zeros, groups: Int = 1,
      dilation: Sides = 1, bias: Bool = true, initializer: InitializerSpecification? = nil)
    /// The transpose of a convolution over sequences, which enlarges.
    case convTranspose1d(
      outputs: LayerOutputs, kernel: Int = 3, stride: Int = 1, padding: Int = 0,
      outputPadding: Int = 0, groups: Int = 1, dilation: Int = 1, bias: Bool = true,
      initializer: InitializerSpecification? = nil)
    /// The transpose of a convolution over images, which enlarges.
    case convTranspose2d(
      outputs: LayerOutputs, kernel: Sides = 3, stride: Sides = 1, padding: Sides = 0,
      outputPadding: Sides = 0, groups: Int = 1, dilation: Sides = 1, bias: Bool = true,
      initializer: InitializerSpecification? = nil)
    /// The transpose of a convolution over volumes, which enlarges.
    case convTranspose3d(
      outputs: LayerOutputs, kernel: Sides = 3, stride: Sides = 1, padding: Sides = 0,
      outputPadding: Sides = 0, groups: Int = 1, dilation: Sides = 1, bias: Bool = true,
      initializer: InitializerSpecification? = nil)
    /// A convolution of each channel of sequences, then one over channels (arXiv 1610.02357).
    case depthwiseSeparable1d(
      outputs: LayerOutputs, kernel: Int = 3, stride: Int = 1, padding: PaddingSpecification = 0,
      paddingMode: PaddingContent = .zeros, dilation: Int = 1, multiplier: Int = 1,
      bias: Bool = true, initializer: InitializerSpecification? = nil)
    /// A convolution of each channel of images, then one over channels (arXiv 1610.02357).
    case depthwiseSeparable2d(
      outputs: LayerOutputs, kernel: Sides = 3, stride: Sides = 1,
      padding: PaddingSpecification = 0, paddingMode: PaddingContent = .zeros,
      dilation: Sides = 1, multiplier: Int = 1, bias: Bool = true,
      initializer: InitializerSpecification? = nil)
    /// Scales channels by factors computed from the means of all (arXiv 1709.01507).
    case squeezeExcitation(
      reduction: Int = 16, activation: ActivationName = .relu, gate: ActivationName = .sigmoid,
      initializer: InitializerSpecification? = nil)
  }

  /// What a convolution sees beyond the edges.
  public enum PaddingContent: String, Sendable, Codable, CaseIterable {
    /// Zeros.
    case zeros
    /// The positions before the edge, mirrored at it.
    case reflect
    /// The edge.
    case replicate
    /// The positions from the other edge.
    case circular
  }
}
