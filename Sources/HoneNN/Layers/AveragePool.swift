public import HoneTensor

/// The mean of each window of sequences, `[batch, channels, length]`.
public final class AveragePool1d: Layer, CustomStringConvertible {
  private let geometry: PoolingGeometry

  /// A pooling.
  /// - Parameters:
  ///   - window: the window's extent.
  ///   - stride: the window's step; the window's extent where nil.
  ///   - padding: how far the window reaches over each edge, at most half of its extent.
  ///   - ceilMode: whether windows that reach beyond the end count, so that extents round up.
  ///   - countIncludePad: whether the zeros of the padding count in the means.
  public init(
    window: some PerAxis, stride: (some PerAxis)? = nil as Int?, padding: some PerAxis = 0,
    ceilMode: Bool = false, countIncludePad: Bool = true
  ) {
    geometry = PoolingGeometry(
      "AveragePool1d", axes: 1, window: window, stride: stride, padding: padding,
      ceilMode: ceilMode, countIncludePad: countIncludePad)
  }

  /// The pooled input.
  ///
  /// Input and output `[batch, channels, length]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    geometry.output(of: input) { input in
      ATen.avg_pool1d(
        input, kernel_size: geometry.window, stride: geometry.stride, padding: geometry.padding,
        ceil_mode: geometry.ceilMode, count_include_pad: geometry.countIncludePad)
    }
  }

  /// The layer as code: `AveragePool1d(window: 2)`.
  public var description: String { geometry.description }
}

/// The mean of each window of images, `[batch, channels, height, width]`.
public final class AveragePool2d: Layer, CustomStringConvertible {
  private let geometry: PoolingGeometry

  /// A pooling.
  /// - Parameters:
  ///   - window: the window's extent, one number or one for each axis.
  ///   - stride: the window's step; the window's extent where nil.
  ///   - padding: how far the window reaches over each edge, at most half of its extent.
  ///   - ceilMode: whether windows that reach beyond the end count, so that extents round up.
  ///   - countIncludePad: whether the zeros of the padding count in the means.
  public init(
    window: some PerAxis, stride: (some PerAxis)? = nil as Int?, padding: some PerAxis = 0,
    ceilMode: Bool = false, countIncludePad: Bool = true
  ) {
    geometry = PoolingGeometry(
      "AveragePool2d", axes: 2, window: window, stride: stride, padding: padding,
      ceilMode: ceilMode, countIncludePad: countIncludePad)
  }

  /// The pooled input.
  ///
  /// Input and output `[batch, channels, height, width]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    geometry.output(of: input) { input in
      ATen.avg_pool2d(
        input, kernel_size: geometry.window, stride: geometry.stride, padding: geometry.padding,
        ceil_mode: geometry.ceilMode, count_include_pad: geometry.countIncludePad)
    }
  }

  /// The layer as code: `AveragePool2d(window: 2)`.
  public var description: String { geometry.description }
}

/// The mean of each window of volumes, `[batch, channels, depth, height, width]`.
public final class AveragePool3d: Layer, CustomStringConvertible {
  private let geometry: PoolingGeometry

  /// A pooling.
  /// - Parameters:
  ///   - window: the window's extent, one number or one for each axis.
  ///   - stride: the window's step; the window's extent where nil.
  ///   - padding: how far the window reaches over each edge, at most half of its extent.
  ///   - ceilMode: whether windows that reach beyond the end count, so that extents round up.
  ///   - countIncludePad: whether the zeros of the padding count in the means.
  public init(
    window: some PerAxis, stride: (some PerAxis)? = nil as Int?, padding: some PerAxis = 0,
    ceilMode: Bool = false, countIncludePad: Bool = true
  ) {
    geometry = PoolingGeometry(
      "AveragePool3d", axes: 3, window: window, stride: stride, padding: padding,
      ceilMode: ceilMode, countIncludePad: countIncludePad)
  }

  /// The pooled input.
  ///
  /// Input and output `[batch, channels, depth, height, width]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    geometry.output(of: input) { input in
      ATen.avg_pool3d(
        input, kernel_size: geometry.window, stride: geometry.stride, padding: geometry.padding,
        ceil_mode: geometry.ceilMode, count_include_pad: geometry.countIncludePad)
    }
  }

  /// The layer as code: `AveragePool3d(window: 2)`.
  public var description: String { geometry.description }
}
