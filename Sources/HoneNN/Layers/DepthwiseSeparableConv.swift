public import HoneNumerics
public import HoneTensor

/// A convolution of each channel by itself, then one over channels alone (Sifre 2014; Chollet 2017):
/// the cost of a k×k convolution falls by about k².
///
/// `[batch, channels, height, width]`. Only the second part has a shift: one between two linear maps
/// would add nothing.
public final class DepthwiseSeparableConv2d: Layer, CustomStringConvertible {
  /// The convolution over positions: `multiplier` outputs for each input.
  public let depthwise: Conv2d
  /// The convolution with kernel 1 over channels.
  public let pointwise: Conv2d

  /// A depthwise-separable convolution.
  /// - Parameters:
  ///   - inputs: the input's channels.
  ///   - outputs: the output's channels.
  ///   - kernel: the window's extent, one number or one for each axis.
  ///   - stride: the window's step.
  ///   - padding: how many positions are added on both sides, or `.same`.
  ///   - paddingMode: what the added positions hold.
  ///   - dilation: the distance between the window's taps.
  ///   - multiplier: how many channels the first part makes of each input.
  ///   - bias: whether the second part has a shift.
  ///   - initializer: the first values of both weights.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  public init(
    inputs: Int, outputs: Int, kernel: some PerAxis, stride: some PerAxis = 1,
    padding: Padding = 0, paddingMode: PaddingMode = .zeros, dilation: some PerAxis = 1,
    multiplier: Int = 1, bias: Bool = true, initializer: Initializer = .standard,
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    requirePositive(multiplier, "multiplier", of: "DepthwiseSeparableConv2d")
    depthwise = Conv2d(
      inputs: inputs, outputs: inputs * multiplier, kernel: kernel, stride: stride,
      padding: padding, paddingMode: paddingMode, dilation: dilation, groups: inputs, bias: false,
      initializer: initializer, device: device, using: &stream)
    pointwise = Conv2d(
      inputs: inputs * multiplier, outputs: outputs, kernel: 1, bias: bias,
      initializer: initializer, device: device, using: &stream)
  }

  /// The convolution.
  ///
  /// Input and output `[batch, channels, height, width]`.
  public func callAsFunction(_ input: Tensor) -> Tensor { pointwise(depthwise(input)) }

  /// The layer as code.
  public var description: String {
    "DepthwiseSeparableConv2d(depthwise: \(depthwise), pointwise: \(pointwise))"
  }
}

/// A convolution of each channel of a sequence by itself, then one over channels alone (Chollet
/// 2017).
///
/// `[batch, channels, length]`. Only the second part has a shift.
public final class DepthwiseSeparableConv1d: Layer, CustomStringConvertible {
  /// The convolution over positions: `multiplier` outputs for each input.
  public let depthwise: Conv1d
  /// The convolution with kernel 1 over channels.
  public let pointwise: Conv1d

  /// A depthwise-separable convolution.
  /// - Parameters:
  ///   - inputs: the input's channels.
  ///   - outputs: the output's channels.
  ///   - kernel: the window's extent.
  ///   - stride: the window's step.
  ///   - padding: how many positions are added on both sides, or `.same`.
  ///   - paddingMode: what the added positions hold.
  ///   - dilation: the distance between the window's taps.
  ///   - multiplier: how many channels the first part makes of each input.
  ///   - bias: whether the second part has a shift.
  ///   - initializer: the first values of both weights.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  public init(
    inputs: Int, outputs: Int, kernel: Int, stride: Int = 1, padding: Padding = 0,
    paddingMode: PaddingMode = .zeros, dilation: Int = 1, multiplier: Int = 1, bias: Bool = true,
    initializer: Initializer = .standard, device: Device = .cpu, using stream: inout RandomStream
  ) {
    requirePositive(multiplier, "multiplier", of: "DepthwiseSeparableConv1d")
    depthwise = Conv1d(
      inputs: inputs, outputs: inputs * multiplier, kernel: kernel, stride: stride,
      padding: padding, paddingMode: paddingMode, dilation: dilation, groups: inputs, bias: false,
      initializer: initializer, device: device, using: &stream)
    pointwise = Conv1d(
      inputs: inputs * multiplier, outputs: outputs, kernel: 1, bias: bias,
      initializer: initializer, device: device, using: &stream)
  }

  /// The convolution.
  ///
  /// Input and output `[batch, channels, length]`.
  public func callAsFunction(_ input: Tensor) -> Tensor { pointwise(depthwise(input)) }

  /// The layer as code.
  public var description: String {
    "DepthwiseSeparableConv1d(depthwise: \(depthwise), pointwise: \(pointwise))"
  }
}
