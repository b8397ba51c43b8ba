import HoneConfiguration
import HoneNN
import HoneNumerics
import HoneTensor

extension LayerSpecification.Convolution {
  func made(
    at site: LayerSite, using stream: inout RandomStream
  ) throws -> any Layer<Tensor, Tensor> {
    if let layer = try weighted(at: site, using: &stream) { return plain(layer) }
    switch self {
    case .depthwiseSeparable1d(
      let count, let kernel, let stride, let padding, let mode, let dilation, let multiplier,
      let bias, let initializer):
      let inputs = try site.channels(of: "depthwiseSeparable1d", positions: 1)
      return DepthwiseSeparableConv1d(
        inputs: inputs, outputs: site.count(count), kernel: kernel, stride: stride,
        padding: try site.padding(padding, stride: Sides(stride), 1), paddingMode: mode.live,
        dilation: dilation, multiplier: multiplier, bias: bias, initializer: .init(initializer),
        device: site.device, using: &stream)
    case .depthwiseSeparable2d(
      let count, let kernel, let stride, let padding, let mode, let dilation, let multiplier,
      let bias, let initializer):
      let inputs = try site.channels(of: "depthwiseSeparable2d", positions: 2)
      return DepthwiseSeparableConv2d(
        inputs: inputs, outputs: site.count(count), kernel: kernel.sides(2),
        stride: stride.sides(2), padding: try site.padding(padding, stride: stride, 2),
        paddingMode: mode.live, dilation: dilation.sides(2), multiplier: multiplier, bias: bias,
        initializer: .init(initializer), device: site.device, using: &stream)
    case .squeezeExcitation(let reduction, let activation, let gate, let initializer):
      let channels = try site.channels(of: "squeezeExcitation", positions: 2)
      return SqueezeExcitation(
        channels: channels, squeezed: max(1, channels / reduction), activation: activation.live,
        gate: gate.live, initializer: .init(initializer), device: site.device, using: &stream)
    default: fatalError("The convolution \(self) has one weight and was made before.")
    }
  }

  /// A convolution with one weight; nil for the others.
  func weighted(
    at site: LayerSite, using stream: inout RandomStream
  ) throws -> (any WeightedLayer)? {
    switch self {
    case .conv1d(
      let count, let kernel, let stride, let padding, let mode, let groups, let dilation,
      let bias, let initializer):
      return try site.convolution(
        1, count, Sides(kernel), Sides(stride), padding, mode, groups, Sides(dilation), bias,
        .init(initializer), using: &stream)
    case .conv2d(
      let count, let kernel, let stride, let padding, let mode, let groups, let dilation,
      let bias, let initializer):
      return try site.convolution(
        2, count, kernel, stride, padding, mode, groups, dilation, bias, .init(initializer),
        using: &stream)
    case .conv3d(
      let count, let kernel, let stride, let padding, let mode, let groups, let dilation,
      let bias, let initializer):
      return try site.convolution(
        3, count, kernel, stride, padding, mode, groups, dilation, bias, .init(initializer),
        using: &stream)
    case .convTranspose1d(
      let count, let kernel, let stride, let padding, let extra, let groups, let dilation,
      let bias, let initializer):
      return try site.transposed(
        1, count, Sides(kernel), Sides(stride), Sides(padding), Sides(extra), groups,
        Sides(dilation), bias, .init(initializer), using: &stream)
    case .convTranspose2d(
      let count, let kernel, let stride, let padding, let extra, let groups, let dilation,
      let bias, let initializer):
      return try site.transposed(
        2, count, kernel, stride, padding, extra, groups, dilation, bias, .init(initializer),
        using: &stream)
    case .convTranspose3d(
      let count, let kernel, let stride, let padding, let extra, let groups, let dilation,
      let bias, let initializer):
      return try site.transposed(
        3, count, kernel, stride, padding, extra, groups, dilation, bias, .init(initializer),
        using: &stream)
    default: return nil
    }
  }
}

extension LayerSite {
  fileprivate func convolution(
    _ axes: Int, _ count: LayerOutputs, _ kernel: Sides, _ stride: Sides,
    _ padding: PaddingSpecification, _ mode: LayerSpecification.PaddingContent, _ groups: Int,
    _ dilation: Sides, _ bias: Bool, _ initializer: Initializer, using stream: inout RandomStream
  ) throws -> any WeightedLayer {
    let inputs = try channels(of: "conv\(axes)d", positions: axes)
    let outputs = self.count(count)
    try checkGroups(groups, inputs: inputs, outputs: outputs)
    let zeros = try self.padding(padding, stride: stride, axes)
    let (window, step, spacing) = (kernel.sides(axes), stride.sides(axes), dilation.sides(axes))
    return switch axes {
    case 1:
      Conv1d(
        inputs: inputs, outputs: outputs, kernel: window[0], stride: step[0], padding: zeros,
        paddingMode: mode.live, dilation: spacing[0], groups: groups, bias: bias,
        initializer: initializer, device: device, using: &stream)
    case 2:
      Conv2d(
        inputs: inputs, outputs: outputs, kernel: window, stride: step, padding: zeros,
        paddingMode: mode.live, dilation: spacing, groups: groups, bias: bias,
        initializer: initializer, device: device, using: &stream)
    default:
      Conv3d(
        inputs: inputs, outputs: outputs, kernel: window, stride: step, padding: zeros,
        paddingMode: mode.live, dilation: spacing, groups: groups, bias: bias,
        initializer: initializer, device: device, using: &stream)
    }
  }

  fileprivate func transposed(
    _ axes: Int, _ count: LayerOutputs, _ kernel: Sides, _ stride: Sides, _ padding: Sides,
    _ extra: Sides, _ groups: Int, _ dilation: Sides, _ bias: Bool, _ initializer: Initializer,
    using stream: inout RandomStream
  ) throws -> any WeightedLayer {
    let inputs = try channels(of: "convTranspose\(axes)d", positions: axes)
    let outputs = self.count(count)
    try checkGroups(groups, inputs: inputs, outputs: outputs)
    let (window, step, spacing) = (kernel.sides(axes), stride.sides(axes), dilation.sides(axes))
    let (cut, added) = (padding.sides(axes), extra.sides(axes))
    for axis in 0..<axes where added[axis] >= max(step[axis], spacing[axis]) {
      throw problem(
        "outputPadding \(added[axis]) must be below the stride or the dilation.",
        korean: "outputPadding \(added[axis])은(는) stride나 dilation보다 작아야 합니다.")
    }
    return switch axes {
    case 1:
      ConvTranspose1d(
        inputs: inputs, outputs: outputs, kernel: window, stride: step, padding: cut,
        outputPadding: added, dilation: spacing, groups: groups, bias: bias,
        initializer: initializer, device: device, using: &stream)
    case 2:
      ConvTranspose2d(
        inputs: inputs, outputs: outputs, kernel: window, stride: step, padding: cut,
        outputPadding: added, dilation: spacing, groups: groups, bias: bias,
        initializer: initializer, device: device, using: &stream)
    default:
      ConvTranspose3d(
        inputs: inputs, outputs: outputs, kernel: window, stride: step, padding: cut,
        outputPadding: added, dilation: spacing, groups: groups, bias: bias,
        initializer: initializer, device: device, using: &stream)
    }
  }

  /// The padding along so many dimensions; `same` needs a stride of 1.
  fileprivate func padding(
    _ padding: PaddingSpecification, stride: Sides, _ dimensions: Int
  ) throws -> Padding {
    switch padding {
    case .sides(let sides): return .zeros(sides.sides(dimensions))
    case .same:
      guard stride == 1 else {
        throw problem(
          "padding: same keeps the extent and needs a stride of 1. Give the padding as a number.",
          korean: "padding: same은 크기를 유지하므로 stride가 1이어야 합니다. 패딩을 숫자로 지정하십시오.")
      }
      return .same
    }
  }
}

extension LayerSpecification.PaddingContent {
  /// The mode as layers know it.
  fileprivate var live: PaddingMode {
    switch self {
    case .zeros: .zeros
    case .reflect: .reflect
    case .replicate: .replicate
    case .circular: .circular
    }
  }
}
