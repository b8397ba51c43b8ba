public import HoneTensor

/// The largest value in each window of `[batch, channels, length]`.
public final class MaxPool1d: Layer, CustomStringConvertible {
  private let geometry: PoolingGeometry

  /// A pooling.
  /// - Parameters:
  ///   - window: the window's extent.
  ///   - stride: the window's step; the window's extent where nil.
  ///   - padding: how far the window reaches over each end, at most half of its extent.
  public init(window: Int, stride: Int? = nil, padding: Int = 0) {
    geometry = PoolingGeometry("MaxPool1d", window, stride, padding)
  }

  /// The pooled input.
  ///
  /// Input and output `[batch, channels, length]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    if let complaint = geometry.complaint(about: input, "[batch, channels, length]") {
      return failPrecondition(complaint)
    }
    return ATen.max_pool1d(
      input, kernel_size: [geometry.window], stride: [geometry.stride],
      padding: [geometry.padding])
  }

  /// The layer as code: `MaxPool1d(window: 2)`.
  public var description: String { geometry.description }
}

/// The largest value in each square window of `[batch, channels, height, width]`.
public final class MaxPool2d: Layer, CustomStringConvertible {
  private let geometry: PoolingGeometry

  /// A pooling.
  /// - Parameters:
  ///   - window: the window's extent in height and width.
  ///   - stride: the window's step; the window's extent where nil.
  ///   - padding: how far the window reaches over each edge, at most half of its extent.
  public init(window: Int, stride: Int? = nil, padding: Int = 0) {
    geometry = PoolingGeometry("MaxPool2d", window, stride, padding)
  }

  /// The pooled input.
  ///
  /// Input and output `[batch, channels, height, width]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    if let complaint = geometry.complaint(about: input, "[batch, channels, height, width]") {
      return failPrecondition(complaint)
    }
    return ATen.max_pool2d(
      input, kernel_size: [geometry.window, geometry.window],
      stride: [geometry.stride, geometry.stride], padding: [geometry.padding, geometry.padding])
  }

  /// The layer as code: `MaxPool2d(window: 2)`.
  public var description: String { geometry.description }
}
