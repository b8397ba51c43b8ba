public import HoneNumerics
public import HoneTensor

// The transposes of convolutions: what a convolution's backward pass does to its input's gradient.
// Also called deconvolutions and fractionally strided convolutions (Zeiler and others 2010; Dumoulin and
// Visin 2016).

/// A transposed convolution over sequences, `[batch, channels, length]`: upsamples where
/// the stride is larger than 1.
///
/// Along each axis an input extent L gives
/// (L - 1) stride - 2 padding + dilation (kernel - 1) + outputPadding + 1, which undoes the extents
/// of a `Conv1d` with the same numbers. First values are PyTorch's unless an initializer says
/// otherwise; then the bias starts at zero.
public final class ConvTranspose1d: WeightedLayer, CustomStringConvertible {
  /// The weight, `[inputs, outputs / groups, kernel]`.
  public let weight: Parameter
  /// The shift, `[outputs]`.
  public let bias: Parameter?
  /// Called with each output under the layer's own weight; nil, the usual, costs nothing.
  public var outputObserver: ((Tensor) -> Void)?
  private let geometry: TransposedGeometry

  /// A transposed convolution.
  /// - Parameters:
  ///   - inputs: the input's channels.
  ///   - outputs: the output's channels.
  ///   - kernel: the window's extent.
  ///   - stride: the step between the windows that inputs write to.
  ///   - padding: how many positions are cut from both sides of the output.
  ///   - outputPadding: how many positions are added at the end of the output, to choose among the
  ///     extents that a strided convolution maps to one.
  ///   - dilation: the distance between the window's taps.
  ///   - groups: into how many parts the channels fall that do not see each other.
  ///   - bias: whether there is a shift.
  ///   - initializer: the first values of the weight.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: `groups` divides `inputs` and `outputs`; `outputPadding` is smaller than the
  ///   stride or the dilation.
  public init(
    inputs: Int, outputs: Int, kernel: some PerAxis, stride: some PerAxis = 1,
    padding: some PerAxis = 0, outputPadding: some PerAxis = 0, dilation: some PerAxis = 1,
    groups: Int = 1, bias: Bool = true, initializer: Initializer = .standard,
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    geometry = TransposedGeometry(
      name: "ConvTranspose1d", axes: 1, inputs: inputs, outputs: outputs, kernel: kernel,
      stride: stride, padding: padding, outputPadding: outputPadding, dilation: dilation,
      groups: groups)
    (weight, self.bias) = firstParameters(
      weight: geometry.weightShape, outputs: outputs, bias: bias, initializer, on: device,
      using: &stream)
  }

  /// The dimension of the weight that counts outputs.
  public var outputDimension: Int { 1 }

  /// The transposed convolution with another weight of the same shape.
  ///
  /// Input and output `[batch, channels, length]`.
  public func output(of input: Tensor, weight: Tensor) -> Tensor {
    geometry.output(of: input, weight: weight, bias: bias?.value, for: self)
  }

  /// The layer as code: `ConvTranspose1d(inputs: 16, outputs: 3, kernel: 2, stride: 2)`.
  public var description: String { geometry.description }
}

/// A transposed convolution over images, `[batch, channels, height, width]`: upsamples where
/// the stride is larger than 1.
///
/// Along each axis an input extent L gives
/// (L - 1) stride - 2 padding + dilation (kernel - 1) + outputPadding + 1, which undoes the extents
/// of a `Conv2d` with the same numbers. First values are PyTorch's unless an initializer says
/// otherwise; then the bias starts at zero.
public final class ConvTranspose2d: WeightedLayer, CustomStringConvertible {
  /// The weight, `[inputs, outputs / groups, kernel, kernel]`.
  public let weight: Parameter
  /// The shift, `[outputs]`.
  public let bias: Parameter?
  /// Called with each output under the layer's own weight; nil, the usual, costs nothing.
  public var outputObserver: ((Tensor) -> Void)?
  private let geometry: TransposedGeometry

  /// A transposed convolution.
  /// - Parameters:
  ///   - inputs: the input's channels.
  ///   - outputs: the output's channels.
  ///   - kernel: the window's extent, one number or one for each axis.
  ///   - stride: the step between the windows that inputs write to.
  ///   - padding: how many positions are cut from both sides of the output.
  ///   - outputPadding: how many positions are added at the end of the output, to choose among the
  ///     extents that a strided convolution maps to one.
  ///   - dilation: the distance between the window's taps.
  ///   - groups: into how many parts the channels fall that do not see each other.
  ///   - bias: whether there is a shift.
  ///   - initializer: the first values of the weight.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: `groups` divides `inputs` and `outputs`; `outputPadding` is smaller than the
  ///   stride or the dilation.
  public init(
    inputs: Int, outputs: Int, kernel: some PerAxis, stride: some PerAxis = 1,
    padding: some PerAxis = 0, outputPadding: some PerAxis = 0, dilation: some PerAxis = 1,
    groups: Int = 1, bias: Bool = true, initializer: Initializer = .standard,
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    geometry = TransposedGeometry(
      name: "ConvTranspose2d", axes: 2, inputs: inputs, outputs: outputs, kernel: kernel,
      stride: stride, padding: padding, outputPadding: outputPadding, dilation: dilation,
      groups: groups)
    (weight, self.bias) = firstParameters(
      weight: geometry.weightShape, outputs: outputs, bias: bias, initializer, on: device,
      using: &stream)
  }

  /// The dimension of the weight that counts outputs.
  public var outputDimension: Int { 1 }

  /// The transposed convolution with another weight of the same shape.
  ///
  /// Input and output `[batch, channels, height, width]`.
  public func output(of input: Tensor, weight: Tensor) -> Tensor {
    geometry.output(of: input, weight: weight, bias: bias?.value, for: self)
  }

  /// The layer as code: `ConvTranspose2d(inputs: 16, outputs: 3, kernel: 2, stride: 2)`.
  public var description: String { geometry.description }
}

/// A transposed convolution over volumes, `[batch, channels, depth, height, width]`: upsamples where
/// the stride is larger than 1.
///
/// Along each axis an input extent L gives
/// (L - 1) stride - 2 padding + dilation (kernel - 1) + outputPadding + 1, which undoes the extents
/// of a `Conv3d` with the same numbers. First values are PyTorch's unless an initializer says
/// otherwise; then the bias starts at zero.
public final class ConvTranspose3d: WeightedLayer, CustomStringConvertible {
  /// The weight, `[inputs, outputs / groups, kernel, kernel, kernel]`.
  public let weight: Parameter
  /// The shift, `[outputs]`.
  public let bias: Parameter?
  /// Called with each output under the layer's own weight; nil, the usual, costs nothing.
  public var outputObserver: ((Tensor) -> Void)?
  private let geometry: TransposedGeometry

  /// A transposed convolution.
  /// - Parameters:
  ///   - inputs: the input's channels.
  ///   - outputs: the output's channels.
  ///   - kernel: the window's extent, one number or one for each axis.
  ///   - stride: the step between the windows that inputs write to.
  ///   - padding: how many positions are cut from both sides of the output.
  ///   - outputPadding: how many positions are added at the end of the output, to choose among the
  ///     extents that a strided convolution maps to one.
  ///   - dilation: the distance between the window's taps.
  ///   - groups: into how many parts the channels fall that do not see each other.
  ///   - bias: whether there is a shift.
  ///   - initializer: the first values of the weight.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: `groups` divides `inputs` and `outputs`; `outputPadding` is smaller than the
  ///   stride or the dilation.
  public init(
    inputs: Int, outputs: Int, kernel: some PerAxis, stride: some PerAxis = 1,
    padding: some PerAxis = 0, outputPadding: some PerAxis = 0, dilation: some PerAxis = 1,
    groups: Int = 1, bias: Bool = true, initializer: Initializer = .standard,
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    geometry = TransposedGeometry(
      name: "ConvTranspose3d", axes: 3, inputs: inputs, outputs: outputs, kernel: kernel,
      stride: stride, padding: padding, outputPadding: outputPadding, dilation: dilation,
      groups: groups)
    (weight, self.bias) = firstParameters(
      weight: geometry.weightShape, outputs: outputs, bias: bias, initializer, on: device,
      using: &stream)
  }

  /// The dimension of the weight that counts outputs.
  public var outputDimension: Int { 1 }

  /// The transposed convolution with another weight of the same shape.
  ///
  /// Input and output `[batch, channels, depth, height, width]`.
  public func output(of input: Tensor, weight: Tensor) -> Tensor {
    geometry.output(of: input, weight: weight, bias: bias?.value, for: self)
  }

  /// The layer as code: `ConvTranspose3d(inputs: 16, outputs: 3, kernel: 2, stride: 2)`.
  public var description: String { geometry.description }
}
