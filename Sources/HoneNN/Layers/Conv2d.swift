public import HoneNumerics
public import HoneTensor

/// A convolution over images, `[batch, channels, height, width]` (cross-correlation, as in all
/// deep-learning libraries).
///
/// Along each axis an input extent L gives
/// ⌊(L + 2 padding - dilation (kernel - 1) - 1) / stride⌋ + 1. First values are PyTorch's unless an
/// initializer says otherwise; then the bias starts at zero.
public final class Conv2d: WeightedLayer, CustomStringConvertible {
  /// The weight, `[outputs, inputs / groups, kernel, kernel]`.
  public let weight: Parameter
  /// The shift, `[outputs]`.
  public let bias: Parameter?
  /// Called with each output under the layer's own weight; nil, the usual, costs nothing.
  public var outputObserver: ((Tensor) -> Void)?
  let geometry: ConvolutionGeometry
  /// What `normalized(_:by:rectified:adding:)` last made of the weight and a normalization.
  var folding: FoldedConvolution?

  /// A convolution.
  /// - Parameters:
  ///   - inputs: the input's channels.
  ///   - outputs: the output's channels.
  ///   - kernel: the window's extent, one number or one for each axis.
  ///   - stride: the window's step.
  ///   - padding: how many positions are added on both sides of the input: a number, one for each axis, or
  ///     `.same`.
  ///   - paddingMode: what the added positions hold.
  ///   - dilation: the distance between the window's taps.
  ///   - groups: into how many parts the channels fall that do not see each other; as many as
  ///     inputs make the convolution depthwise.
  ///   - bias: whether there is a shift.
  ///   - initializer: the first values of the weight.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: `groups` divides `inputs` and `outputs`; `.same` needs a stride of 1.
  public init(
    inputs: Int, outputs: Int, kernel: some PerAxis, stride: some PerAxis = 1,
    padding: Padding = 0, paddingMode: PaddingMode = .zeros, dilation: some PerAxis = 1,
    groups: Int = 1, bias: Bool = true, initializer: Initializer = .standard,
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    geometry = ConvolutionGeometry(
      name: "Conv2d", axes: 2, inputs: inputs, outputs: outputs, kernel: kernel, stride: stride,
      padding: padding, mode: paddingMode, dilation: dilation, groups: groups)
    (weight, self.bias) = firstParameters(
      weight: geometry.weightShape, outputs: outputs, bias: bias, initializer, on: device,
      using: &stream)
  }

  /// The convolution with another weight of the same shape.
  ///
  /// Input and output `[batch, channels, height, width]`.
  public func output(of input: Tensor, weight: Tensor) -> Tensor {
    geometry.output(of: input, weight: weight, bias: bias?.value, for: self)
  }

  /// The layer as code: `Conv2d(inputs: 3, outputs: 16, kernel: 3, padding: 1)`.
  public var description: String { geometry.description }
}
