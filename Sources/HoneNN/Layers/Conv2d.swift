public import HoneNumerics
public import HoneTensor

/// A convolution over images, `[batch, channels, height, width]`.
///
/// First values are PyTorch's unless an initializer says otherwise; then the bias starts at zero.
public final class Conv2d: Layer, CustomStringConvertible {
  /// The weight, `[outputs, inputs / groups, kernel, kernel]`.
  public let weight: Parameter
  /// The shift, `[outputs]`.
  public let bias: Parameter?
  private let geometry: ConvolutionGeometry

  /// A convolution.
  /// - Parameters:
  ///   - inputs: the input's channels.
  ///   - outputs: the output's channels.
  ///   - kernel: the window's extent in height and width.
  ///   - stride: the window's step.
  ///   - padding: zeros around the input: a number, or `.same`.
  ///   - dilation: the distance between the window's taps.
  ///   - groups: into how many parts the channels fall that do not see each other.
  ///   - bias: whether there is a shift.
  ///   - initializer: the first values of the weight.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: `groups` divides `inputs` and `outputs`; `.same` needs a stride of 1.
  public init(
    inputs: Int, outputs: Int, kernel: Int, stride: Int = 1, padding: Padding = 0,
    dilation: Int = 1, groups: Int = 1, bias: Bool = true, initializer: Initializer = .standard,
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    geometry = ConvolutionGeometry(
      name: "Conv2d", inputs: inputs, outputs: outputs, kernel: kernel, stride: stride,
      padding: padding, dilation: dilation, groups: groups)
    geometry.validate()
    let shape = geometry.weightShape(dimensions: 2)
    var stream = stream.layerStream()
    weight = Parameter(initializer.tensor(shape, device: device, using: &stream))
    self.bias =
      bias
      ? Parameter(
        initialBias(besideWeight: shape, initializer)
          .tensor([outputs], device: device, using: &stream)) : nil
  }

  /// The convolution.
  ///
  /// Input and output `[batch, channels, height, width]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    let layout = "[batch, channels, height, width]"
    if !input.isPoisoned,
      let complaint = geometry.complaint(about: input.shape, dimensions: 2, layout: layout)
    {
      return failPrecondition(complaint)
    }
    let (input, padding) = geometry.padded(input, dimensions: 2)
    if input.isMeta {
      return geometry.metaOutput(of: input, padding: padding, for: self)
    }
    return ATen.conv2d(
      input, weight: weight.value, bias: bias?.value, stride: [geometry.stride, geometry.stride],
      padding: [padding, padding], dilation: [geometry.dilation, geometry.dilation],
      groups: geometry.groups)
  }

  /// The layer as code: `Conv2d(inputs: 3, outputs: 16, kernel: 3, padding: 1)`.
  public var description: String { geometry.description }
}
