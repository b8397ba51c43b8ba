public import HoneTensor

/// The mean of each square window of `[batch, channels, height, width]`; padding counts as zeros.
public final class AveragePool2d: Layer, CustomStringConvertible {
  private let geometry: PoolingGeometry

  /// A pooling.
  /// - Parameters:
  ///   - window: the window's extent in height and width.
  ///   - stride: the window's step; the window's extent where nil.
  ///   - padding: how far the window reaches over each edge, at most half of its extent.
  public init(window: Int, stride: Int? = nil, padding: Int = 0) {
    geometry = PoolingGeometry("AveragePool2d", window, stride, padding)
  }

  /// The pooled input.
  ///
  /// Input and output `[batch, channels, height, width]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    if let complaint = geometry.complaint(about: input, "[batch, channels, height, width]") {
      return failPrecondition(complaint)
    }
    return ATen.avg_pool2d(
      input, kernel_size: [geometry.window, geometry.window],
      stride: [geometry.stride, geometry.stride], padding: [geometry.padding, geometry.padding])
  }

  /// The layer as code: `AveragePool2d(window: 2)`.
  public var description: String { geometry.description }
}

/// Means of windows chosen so that the output has a given extent, whatever the input's.
public final class AdaptiveAveragePool2d: Layer, CustomStringConvertible {
  /// The output's height and width.
  public let size: Int

  /// A pooling to `size` x `size`.
  public init(size: Int) {
    requirePositive(size, "size", of: "AdaptiveAveragePool2d")
    self.size = size
  }

  /// The pooled input.
  ///
  /// Input `[batch, channels, height, width]`, output `[batch, channels, size, size]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    guard input.rank == 4 || input.isPoisoned else {
      return failPrecondition(
        "\(self) received a tensor of shape \(input.shape); it must have the 4 dimensions "
          + "[batch, channels, height, width].")
    }
    if input.isMeta { return input.metaOutput(input.shape.prefix(2) + [size, size]) }
    return ATen.adaptive_avg_pool2d(input, output_size: [size, size])
  }

  /// The layer as code: `AdaptiveAveragePool2d(size: 4)`.
  public var description: String { "AdaptiveAveragePool2d(size: \(size))" }
}

/// The mean over all positions: `[batch, channels, …]` to `[batch, channels]`.
public final class GlobalAveragePool: Layer, CustomStringConvertible {
  /// A pooling over all positions.
  public init() {}

  /// The means.
  ///
  /// Input `[batch, channels, …]`, output `[batch, channels]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    let rank = input.rank
    guard rank >= 3 || input.isPoisoned else {
      return failPrecondition(
        "\(self) received a tensor of shape \(input.shape); it must have positions behind "
          + "[batch, channels]. Put it before Flatten().")
    }
    return input.isPoisoned ? input : input.mean(along: Array(2..<rank))
  }

  /// The layer as code: `GlobalAveragePool()`.
  public var description: String { "GlobalAveragePool()" }
}
