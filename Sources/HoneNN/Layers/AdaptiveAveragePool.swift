public import HoneTensor

/// Means of windows of sequences chosen so that the output has given extents, whatever the input's.
///
/// Output position i of n covers inputs ⌊i L / n⌋ up to ⌈(i + 1) L / n⌉ of L.
public final class AdaptiveAveragePool1d: Layer, CustomStringConvertible {
  /// The output's extent.
  public let size: [Int]

  /// A pooling to the extent `size`.
  public init(size: some PerAxis) {
    self.size = size.expanded(to: 1, "size", of: "AdaptiveAveragePool1d")
  }

  /// The pooled input.
  ///
  /// Input and output `[batch, channels, length]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    adaptivelyPooled(input, size, description) { ATen.adaptive_avg_pool1d($0, output_size: size) }
  }

  /// The layer as code: `AdaptiveAveragePool1d(size: 4)`.
  public var description: String { "AdaptiveAveragePool1d(size: \(compact(size)))" }
}

/// Means of windows of images chosen so that the output has given extents, whatever the input's.
///
/// Output position i of n covers inputs ⌊i L / n⌋ up to ⌈(i + 1) L / n⌉ of L.
public final class AdaptiveAveragePool2d: Layer, CustomStringConvertible {
  /// The output's extents.
  public let size: [Int]

  /// A pooling to the extents `size`, one number or one for each axis.
  public init(size: some PerAxis) {
    self.size = size.expanded(to: 2, "size", of: "AdaptiveAveragePool2d")
  }

  /// The pooled input.
  ///
  /// Input and output `[batch, channels, height, width]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    adaptivelyPooled(input, size, description) { ATen.adaptive_avg_pool2d($0, output_size: size) }
  }

  /// The layer as code: `AdaptiveAveragePool2d(size: 4)`.
  public var description: String { "AdaptiveAveragePool2d(size: \(compact(size)))" }
}

/// Means of windows of volumes chosen so that the output has given extents, whatever the input's.
///
/// Output position i of n covers inputs ⌊i L / n⌋ up to ⌈(i + 1) L / n⌉ of L.
public final class AdaptiveAveragePool3d: Layer, CustomStringConvertible {
  /// The output's extents.
  public let size: [Int]

  /// A pooling to the extents `size`, one number or one for each axis.
  public init(size: some PerAxis) {
    self.size = size.expanded(to: 3, "size", of: "AdaptiveAveragePool3d")
  }

  /// The pooled input.
  ///
  /// Input and output `[batch, channels, depth, height, width]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    adaptivelyPooled(input, size, description) { ATen.adaptive_avg_pool3d($0, output_size: size) }
  }

  /// The layer as code: `AdaptiveAveragePool3d(size: 4)`.
  public var description: String { "AdaptiveAveragePool3d(size: \(compact(size)))" }
}

/// What `pool` gives, a result without elements on the meta device, or a sentence about what is wrong
/// with the input.
func adaptivelyPooled(
  _ input: Tensor, _ size: [Int], _ layer: String, _ pool: (Tensor) -> Tensor
) -> Tensor {
  if input.isPoisoned { return input }
  let shape = input.shape
  guard shape.count == size.count + 2 else {
    return failPrecondition(
      "\(layer) received a tensor of shape \(shape); it must have the \(size.count + 2) dimensions "
        + "\(layout(axes: size.count)).")
  }
  return input.isMeta ? input.metaOutput(shape.prefix(2) + size) : pool(input)
}
