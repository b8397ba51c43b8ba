public import HoneNN
public import HoneNumerics
public import HoneTensor

/// Two 3x3 convolutions with batch normalization, added to the block's input (He et al.
///
/// 2016). With more outputs than inputs the first convolution halves height and width, and the
/// shortcut takes every second pixel and pads channels with zeros on both sides.
public final class BasicBlock: Layer {
  /// The first convolution, with stride 2 where channels grow.
  public let firstConvolution: Conv2d
  /// The normalization behind it.
  public let firstNorm: BatchNorm
  /// The second convolution.
  public let secondConvolution: Conv2d
  /// The normalization behind it.
  public let secondNorm: BatchNorm
  private let addedChannels: Int

  /// A block.
  /// - Parameters:
  ///   - inputs: the input's channels.
  ///   - outputs: the output's channels, as many or more.
  ///   - initializer: the first values of weights.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  public init(
    inputs: Int, outputs: Int, initializer: Initializer = .kaimingNormal(), device: Device = .cpu,
    using stream: inout RandomStream
  ) {
    addedChannels = outputs - inputs
    firstConvolution = Conv2d(
      inputs: inputs, outputs: outputs, kernel: 3, stride: outputs == inputs ? 1 : 2, padding: 1,
      bias: false, initializer: initializer, device: device, using: &stream)
    firstNorm = BatchNorm(features: outputs, device: device)
    secondConvolution = Conv2d(
      inputs: outputs, outputs: outputs, kernel: 3, padding: 1, bias: false,
      initializer: initializer, device: device, using: &stream)
    secondNorm = BatchNorm(features: outputs, device: device)
  }

  /// The block's output.
  ///
  /// Input `[batch, inputs, height, width]`, output `[batch, outputs, height, width]`, halved where
  /// channels grow.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    let inner = firstConvolution.normalized(input, by: firstNorm, rectified: true)
    return secondConvolution.normalized(
      inner, by: secondNorm, rectified: true, adding: shortcut(input))
  }

  private func shortcut(_ input: Tensor) -> Tensor {
    if addedChannels == 0 || input.isPoisoned { return input }
    let halved = input.sliced(0..<input.shape[2], along: 2, step: 2)
      .sliced(0..<input.shape[3], along: 3, step: 2)
    let before = addedChannels / 2
    return ATen.constant_pad_nd(halved, pad: [0, 0, 0, 0, before, addedChannels - before])
  }
}
