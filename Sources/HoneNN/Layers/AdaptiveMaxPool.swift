public import HoneTensor

/// Maxima of windows of sequences chosen so that the output has given extents, whatever the input's.
///
/// Output position i of n covers inputs ⌊i L / n⌋ up to ⌈(i + 1) L / n⌉ of L.
public final class AdaptiveMaxPool1d: Layer, CustomStringConvertible {
  /// The output's extent.
  public let size: [Int]

  /// A pooling to the extent `size`.
  public init(size: some PerAxis) {
    self.size = size.expanded(to: 1, "size", of: "AdaptiveMaxPool1d")
  }

  /// The pooled input.
  ///
  /// Input and output `[batch, channels, length]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    adaptivelyPooled(input, size, description) { ATen.adaptive_max_pool1d($0, output_size: size).0 }
  }

  /// The layer as code: `AdaptiveMaxPool1d(size: 4)`.
  public var description: String { "AdaptiveMaxPool1d(size: \(compact(size)))" }
}

/// Maxima of windows of images chosen so that the output has given extents, whatever the input's.
///
/// Output position i of n covers inputs ⌊i L / n⌋ up to ⌈(i + 1) L / n⌉ of L.
public final class AdaptiveMaxPool2d: Layer, CustomStringConvertible {
  /// The output's extents.
  public let size: [Int]

  /// A pooling to the extents `size`, one number or one for each axis.
  public init(size: some PerAxis) {
    self.size = size.expanded(to: 2, "size", of: "AdaptiveMaxPool2d")
  }

  /// The pooled input.
  ///
  /// Input and output `[batch, channels, height, width]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    adaptivelyPooled(input, size, description) { ATen.adaptive_max_pool2d($0, output_size: size).0 }
  }

  /// The layer as code: `AdaptiveMaxPool2d(size: 4)`.
  public var description: String { "AdaptiveMaxPool2d(size: \(compact(size)))" }
}

/// Maxima of windows of volumes chosen so that the output has given extents, whatever the input's.
///
/// Output position i of n covers inputs ⌊i L / n⌋ up to ⌈(i + 1) L / n⌉ of L.
public final class AdaptiveMaxPool3d: Layer, CustomStringConvertible {
  /// The output's extents.
  public let size: [Int]

  /// A pooling to the extents `size`, one number or one for each axis.
  public init(size: some PerAxis) {
    self.size = size.expanded(to: 3, "size", of: "AdaptiveMaxPool3d")
  }

  /// The pooled input.
  ///
  /// Input and output `[batch, channels, depth, height, width]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    adaptivelyPooled(input, size, description) { ATen.adaptive_max_pool3d($0, output_size: size).0 }
  }

  /// The layer as code: `AdaptiveMaxPool3d(size: 4)`.
  public var description: String { "AdaptiveMaxPool3d(size: \(compact(size)))" }
}
