public import HoneTensor

/// The largest value in each window of sequences, `[batch, channels, length]`.
public final class MaxPool1d: Layer, CustomStringConvertible {
  private let geometry: PoolingGeometry

  /// A pooling.
  /// - Parameters:
  ///   - window: the window's extent.
  ///   - stride: the window's step; the window's extent where nil.
  ///   - padding: how far the window reaches over each edge, at most half of its extent.
  ///   - dilation: the distance between the window's taps.
  ///   - ceilMode: whether windows that reach beyond the end count, so that extents round up.
  public init(
    window: some PerAxis, stride: (some PerAxis)? = nil as Int?, padding: some PerAxis = 0,
    dilation: some PerAxis = 1, ceilMode: Bool = false
  ) {
    geometry = PoolingGeometry(
      "MaxPool1d", axes: 1, window: window, stride: stride, padding: padding, dilation: dilation,
      ceilMode: ceilMode)
  }

  /// The pooled input.
  ///
  /// Input and output `[batch, channels, length]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    geometry.output(of: input) { input in
      ATen.max_pool1d(
        input, kernel_size: geometry.window, stride: geometry.stride, padding: geometry.padding,
        dilation: geometry.dilation, ceil_mode: geometry.ceilMode)
    }.traced(as: "maxPool")
  }

  /// The layer as code: `MaxPool1d(window: 2)`.
  public var description: String { geometry.description }
}

/// The largest value in each window of images, `[batch, channels, height, width]`.
public final class MaxPool2d: Layer, CustomStringConvertible {
  private let geometry: PoolingGeometry

  /// A pooling.
  /// - Parameters:
  ///   - window: the window's extent, one number or one for each axis.
  ///   - stride: the window's step; the window's extent where nil.
  ///   - padding: how far the window reaches over each edge, at most half of its extent.
  ///   - dilation: the distance between the window's taps.
  ///   - ceilMode: whether windows that reach beyond the end count, so that extents round up.
  public init(
    window: some PerAxis, stride: (some PerAxis)? = nil as Int?, padding: some PerAxis = 0,
    dilation: some PerAxis = 1, ceilMode: Bool = false
  ) {
    geometry = PoolingGeometry(
      "MaxPool2d", axes: 2, window: window, stride: stride, padding: padding, dilation: dilation,
      ceilMode: ceilMode)
  }

  /// The pooled input.
  ///
  /// Input and output `[batch, channels, height, width]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    geometry.output(of: input) { input in
      ATen.max_pool2d(
        input, kernel_size: geometry.window, stride: geometry.stride, padding: geometry.padding,
        dilation: geometry.dilation, ceil_mode: geometry.ceilMode)
    }.traced(as: "maxPool")
  }

  /// The layer as code: `MaxPool2d(window: 2)`.
  public var description: String { geometry.description }
}

/// The largest value in each window of volumes, `[batch, channels, depth, height, width]`.
public final class MaxPool3d: Layer, CustomStringConvertible {
  private let geometry: PoolingGeometry

  /// A pooling.
  /// - Parameters:
  ///   - window: the window's extent, one number or one for each axis.
  ///   - stride: the window's step; the window's extent where nil.
  ///   - padding: how far the window reaches over each edge, at most half of its extent.
  ///   - dilation: the distance between the window's taps.
  ///   - ceilMode: whether windows that reach beyond the end count, so that extents round up.
  public init(
    window: some PerAxis, stride: (some PerAxis)? = nil as Int?, padding: some PerAxis = 0,
    dilation: some PerAxis = 1, ceilMode: Bool = false
  ) {
    geometry = PoolingGeometry(
      "MaxPool3d", axes: 3, window: window, stride: stride, padding: padding, dilation: dilation,
      ceilMode: ceilMode)
  }

  /// The pooled input.
  ///
  /// Input and output `[batch, channels, depth, height, width]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    geometry.output(of: input) { input in
      ATen.max_pool3d(
        input, kernel_size: geometry.window, stride: geometry.stride, padding: geometry.padding,
        dilation: geometry.dilation, ceil_mode: geometry.ceilMode)
    }.traced(as: "maxPool")
  }

  /// The layer as code: `MaxPool3d(window: 2)`.
  public var description: String { geometry.description }
}
