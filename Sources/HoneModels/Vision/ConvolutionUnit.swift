public import HoneNN
import HoneNumerics
public import HoneTensor

/// A convolution without bias, a batch normalization, and an activation: the brick of many networks.
public final class ConvolutionUnit: Layer {
  /// The convolution.
  public let convolution: Conv2d
  /// The normalization behind it.
  public let norm: BatchNorm
  /// What follows; nothing where nil.
  public let activation: Activation?

  /// What a unit has besides its extents.
  struct Options {
    var epsilon = 1e-5
    var momentum = 0.1
    var initializer = Initializer.kaimingNormal(mode: .outputs)
    var activation: Activation? = .relu
  }

  init(
    _ inputs: Int, _ outputs: Int, kernel: [Int], stride: Int = 1, padding: [Int]? = nil,
    groups: Int = 1, options: Options, device: Device, using stream: inout RandomStream
  ) {
    convolution = Conv2d(
      inputs: inputs, outputs: outputs, kernel: kernel, stride: stride,
      padding: .amounts(padding ?? kernel.map { $0 / 2 }), groups: groups, bias: false,
      initializer: options.initializer, device: device, using: &stream)
    norm = BatchNorm(
      features: outputs, momentum: options.momentum, epsilon: options.epsilon, device: device)
    activation = options.activation
  }

  /// The activated map.
  ///
  /// Input and output `[batch, channels, height, width]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    if activation == .relu { return convolution.normalized(input, by: norm, rectified: true) }
    let map = convolution.normalized(input, by: norm)
    return activation?(map) ?? map
  }
}
