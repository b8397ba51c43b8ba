public import HoneNN
import HoneNumerics
public import HoneTensor

/// A block of a `ResNet`: two or three convolutions, added to the block's input or to a 1x1
/// convolution of it where the shape changes.
public final class ResidualBlock: Layer {
  /// The convolutions of the main path.
  public let convolutions: [Conv2d]
  /// The normalization behind each convolution, or before it with `.pre`.
  public let norms: [BatchNorm]
  /// Brings the input to the output's shape; nil where it has it.
  public let shortcut: Conv2d?
  /// The normalization of the shortcut, with `.post` only.
  public let shortcutNorm: BatchNorm?
  /// Weighs channels by what the whole map holds.
  public let excitation: SqueezeExcitation?
  /// Drops activations between the convolutions.
  public let dropout: Dropout
  private let order: ResNet.Order

  init(
    _ options: ResNet.Options, inputs: Int, stage: Int, stride: Int, device: Device,
    using stream: inout RandomStream
  ) {
    order = options.order
    let outputs = options.outputs(ofStage: stage)
    let inner = options.innerWidth(ofStage: stage)
    let widths =
      options.block == .basic ? [inputs, inner, outputs] : [inputs, inner, inner, outputs]
    var convolutions: [Conv2d] = []
    for index in 0..<widths.count - 1 {
      let isWide = options.block == .basic || index == 1
      let strides = index == (options.block == .basic ? 0 : 1)
      convolutions.append(
        Conv2d(
          inputs: widths[index], outputs: widths[index + 1], kernel: isWide ? 3 : 1,
          stride: strides ? stride : 1, padding: isWide ? 1 : 0,
          groups: options.block == .bottleneck && isWide ? options.groups : 1, bias: false,
          initializer: .kaimingNormal(mode: .outputs), device: device, using: &stream))
    }
    self.convolutions = convolutions
    let normalized = order == .pre ? widths.dropLast() : widths.dropFirst()
    norms = normalized.map { BatchNorm(features: $0, device: device) }
    let changes = stride != 1 || inputs != outputs
    shortcut =
      changes
      ? Conv2d(
        inputs: inputs, outputs: outputs, kernel: 1, stride: stride, bias: false,
        initializer: .kaimingNormal(mode: .outputs), device: device, using: &stream) : nil
    shortcutNorm =
      changes && order == .post ? BatchNorm(features: outputs, device: device) : nil
    excitation = options.excitationReduction.map { reduction in
      SqueezeExcitation(
        channels: outputs, squeezed: max(1, outputs / reduction), device: device, using: &stream)
    }
    dropout = Dropout(probability: options.blockDropout)
    if options.startsAtIdentity, order == .post, device.kind != .meta, let last = norms.last {
      last.weight?.assign(Tensor.zeros([outputs]))
    }
  }

  /// The block's output.
  ///
  /// Input `[batch, channels, height, width]`; the first block of a stage halves height and width.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    order == .post ? normalizedBehind(input) : normalizedBefore(input)
  }

  private func normalizedBehind(_ input: Tensor) -> Tensor {
    var value = input
    for (convolution, norm) in zip(convolutions, norms).dropLast() {
      value = dropout(convolution.normalized(value, by: norm, rectified: true))
    }
    var direct = input
    if let shortcut, let shortcutNorm {
      direct = shortcut.normalized(input, by: shortcutNorm)
    } else if let shortcut {
      direct = shortcut(input)
    }
    guard let convolution = convolutions.last, let norm = norms.last else { return direct }
    guard let excitation else {
      return convolution.normalized(value, by: norm, rectified: true, adding: direct)
    }
    return Activation.relu(excitation(convolution.normalized(value, by: norm)) + direct)
  }

  /// Where the shape changes, the shortcut too starts from the first normalized activation.
  private func normalizedBefore(_ input: Tensor) -> Tensor {
    var value = input
    var direct = input
    for (index, (convolution, norm)) in zip(convolutions, norms).enumerated() {
      value = norm.rectified(value)
      if index == 0, let shortcut { direct = shortcut(value) }
      if index > 0 { value = dropout(value) }
      value = convolution(value)
    }
    return (excitation?(value) ?? value) + direct
  }
}
