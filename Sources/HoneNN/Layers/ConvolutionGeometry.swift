import HoneNumerics
import HoneTensor

/// What convolutions over one, two and three axes share: geometry, its checks, padding, the call.
struct ConvolutionGeometry {
  let name: String
  let inputs: Int
  let outputs: Int
  let kernel: [Int]
  let stride: [Int]
  let padding: Padding
  let mode: PaddingMode
  let dilation: [Int]
  let groups: Int
  /// How far the kernel reaches along each axis, with its gaps.
  let spans: [Int]
  /// How many positions padding adds along each axis before the input.
  let before: [Int]
  /// How many positions padding adds along each axis behind the input.
  let after: [Int]

  /// - Precondition: the numbers fit each other; the process ends with a sentence where not.
  init(
    name: String, axes: Int, inputs: Int, outputs: Int, kernel: some PerAxis, stride: some PerAxis,
    padding: Padding, mode: PaddingMode, dilation: some PerAxis, groups: Int
  ) {
    requirePositive(inputs, "inputs", of: name)
    requirePositive(outputs, "outputs", of: name)
    requirePositive(groups, "groups", of: name)
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.kernel = kernel.expanded(to: axes, "kernel", of: name)
    self.stride = stride.expanded(to: axes, "stride", of: name)
    self.padding = padding
    self.mode = mode
    self.dilation = dilation.expanded(to: axes, "dilation", of: name)
    self.groups = groups
    spans = zip(self.kernel, self.dilation).map { ($0 - 1) * $1 + 1 }
    switch padding {
    case .amounts(let amounts):
      before = amounts.expanded(to: axes, "padding", of: name, atLeast: 0)
      after = before
    case .same:
      before = spans.map { ($0 - 1) / 2 }
      after = spans.map { $0 / 2 }
    }
    guard inputs % groups == 0, outputs % groups == 0 else {
      fatalError("\(description) got groups: \(groups); it must divide both inputs and outputs.")
    }
    guard padding != .same || self.stride.allSatisfy({ $0 == 1 }) else {
      fatalError(
        "\(description) got padding: same with stride: \(compact(self.stride)); same needs stride "
          + "1.")
    }
  }

  /// How a convolution over images walks that pads with zeros alike on both sides; nil for others.
  var walk: ConvolutionStride? {
    guard kernel.count == 2, mode == .zeros, before == after else { return nil }
    return ConvolutionStride(padding: before, stride: stride, dilation: dilation, groups: groups)
  }

  /// Whether an input shape is one that the convolution takes.
  func fits(_ shape: [Int]) -> Bool { complaint(about: shape) == nil }

  var weightShape: [Int] { [outputs, inputs / groups] + kernel }

  /// The convolution, or a sentence about what is wrong with the input.
  ///
  /// On the meta device, where libtorch has no convolution in C++, the output's shape, noted with the
  /// layer's work: each element sums a window over its group's channels.
  func output(
    of input: Tensor, weight: Tensor, bias: Tensor?, for layer: any Module
  ) -> Tensor {
    if input.isPoisoned { return input }
    let shape = input.shape
    if let complaint = complaint(about: shape) { return failPrecondition(complaint) }
    if input.isMeta {
      let output = input.metaOutput(outputShape(for: shape))
      let window = kernel.reduce(inputs / groups, *)
      return output.counted(for: layer, multiplyAdds: output.count * window)
    }
    if mode == .zeros, before == after {
      return convolved(input, weight, bias, padding: before)
    }
    return convolved(padded(input), weight, bias, padding: kernel.map { _ in 0 })
  }

  private func convolved(
    _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, padding: [Int]
  ) -> Tensor {
    switch kernel.count {
    case 1:
      ATen.conv1d(
        input, weight: weight, bias: bias, stride: stride, padding: padding, dilation: dilation,
        groups: groups)
    case 2:
      input.convolved(
        weight: weight, bias: bias,
        ConvolutionStride(padding: padding, stride: stride, dilation: dilation, groups: groups))
    default:
      ATen.conv3d(
        input, weight: weight, bias: bias, stride: stride, padding: padding, dilation: dilation,
        groups: groups)
    }
  }

  /// The input with padding that no convolution makes itself: unequal sides, or no zeros.
  private func padded(_ input: Tensor) -> Tensor {
    // libtorch lists the last axis first.
    let sides = zip(before, after).reversed().flatMap { [$0, $1] }
    return mode == .zeros
      ? ATen.constant_pad_nd(input, pad: sides)
      : ATen.pad(input, pad: sides, mode: mode.rawValue)
  }

  private func outputShape(for shape: [Int]) -> [Int] {
    [shape[0], outputs]
      + kernel.indices.map { axis in
        (shape[axis + 2] + before[axis] + after[axis] - spans[axis]) / stride[axis] + 1
      }
  }

  /// What is wrong with an input shape; nil where nothing is.
  private func complaint(about shape: [Int]) -> String? {
    guard shape.count == kernel.count + 2 else {
      return "\(description) received a tensor of shape \(shape); it must have the "
        + "\(kernel.count + 2) dimensions \(layout(axes: kernel.count))."
    }
    guard shape[1] == inputs else {
      return "\(description) received a tensor of shape \(shape); dimension 1 (channels) must be "
        + "\(inputs)."
    }
    for axis in kernel.indices {
      let extent = shape[axis + 2]
      guard extent + before[axis] + after[axis] >= spans[axis] else {
        return "\(description) received a tensor of shape \(shape); with padding \(padding) its "
          + "kernel spans \(spans[axis]), more than the extent \(extent). Use a smaller kernel or "
          + "more padding."
      }
      let longest = mode == .reflect ? extent - 1 : mode == .circular ? extent : Int.max
      guard after[axis] <= longest else {
        return "\(description) received a tensor of shape \(shape); padding by \(mode.rawValue) "
          + "reaches \(after[axis]) positions over an extent of \(extent), at most \(longest) are "
          + "possible. Use less padding."
      }
    }
    return nil
  }

  var description: String {
    var text = "\(name)(inputs: \(inputs), outputs: \(outputs), kernel: \(compact(kernel))"
    if stride.contains(where: { $0 != 1 }) { text += ", stride: \(compact(stride))" }
    if padding != 0 { text += ", padding: \(padding)" }
    if mode != .zeros { text += ", paddingMode: .\(mode.rawValue)" }
    if dilation.contains(where: { $0 != 1 }) { text += ", dilation: \(compact(dilation))" }
    if groups != 1 { text += ", groups: \(groups)" }
    return text + ")"
  }
}

/// The first values of a layer's weight and shift, drawn from one layer's stream.
func firstParameters(
  weight shape: [Int], outputs: Int, bias: Bool, _ initializer: Initializer, on device: Device,
  using stream: inout RandomStream
) -> (weight: Parameter, bias: Parameter?) {
  var stream = stream.layerStream()
  let weight = Parameter(initializer.tensor(shape, device: device, using: &stream))
  guard bias else { return (weight, nil) }
  let shift = initialBias(besideWeight: shape, initializer)
    .tensor([outputs], device: device, using: &stream)
  return (weight, Parameter(shift))
}
