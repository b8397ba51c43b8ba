extension LayerSpecification {
  /// Layers that summarise or multiply positions.
  ///
  /// How many dimensions of positions there are follows from the input; where `dimensions` says it,
  /// the input must agree.
  public enum Pooling: Sendable, Equatable, Codable {
    /// The largest value of each window; the stride is the window unless given.
    case maxPool(
      window: Sides = 2, stride: Sides? = nil, padding: Sides = 0, dilation: Sides = 1,
      ceilMode: Bool = false, dimensions: Int? = nil)
    /// The mean of each window; the stride is the window unless given.
    case averagePool(
      window: Sides = 2, stride: Sides? = nil, padding: Sides = 0, ceilMode: Bool = false,
      countIncludePad: Bool = true, dimensions: Int? = nil)
    /// The mean of each channel.
    case globalAveragePool
    /// The largest value of each channel.
    case globalMaxPool
    /// Means over as many windows as outputs are asked for.
    case adaptiveAveragePool(outputs: Sides = 1, dimensions: Int? = nil)
    /// The largest values of as many windows as outputs are asked for.
    case adaptiveMaxPool(outputs: Sides = 1, dimensions: Int? = nil)
    /// More positions, between the ones there are; `scale` or `size` says how many.
    case upsample(
      scale: Double? = nil, size: Sides? = nil, mode: Interpolation = .nearest,
      alignCorners: Bool = false)
    /// Channels become positions: factor² times fewer channels, factor times the sides (arXiv
    /// 1609.05158).
    case pixelShuffle(factor: Int)
    /// Positions become channels.
    case pixelUnshuffle(factor: Int)
  }

  /// How values between positions are found.
  public enum Interpolation: String, Sendable, Codable, CaseIterable {
    /// The nearest position's.
    case nearest
    /// Along the line between two positions of a sequence.
    case linear
    /// Linearly along both sides of images.
    case bilinear
    /// By cubic convolution along both sides of images.
    case bicubic
    /// Linearly along the three sides of volumes.
    case trilinear
  }
}
