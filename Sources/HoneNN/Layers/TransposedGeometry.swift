import HoneTensor

/// What transposed convolutions over one, two and three axes share.
struct TransposedGeometry {
  let name: String
  let inputs: Int
  let outputs: Int
  let kernel: [Int]
  let stride: [Int]
  let padding: [Int]
  let outputPadding: [Int]
  let dilation: [Int]
  let groups: Int

  /// - Precondition: the numbers fit each other; the process ends with a sentence where not.
  init(
    name: String, axes: Int, inputs: Int, outputs: Int, kernel: some PerAxis, stride: some PerAxis,
    padding: some PerAxis, outputPadding: some PerAxis, dilation: some PerAxis, groups: Int
  ) {
    requirePositive(inputs, "inputs", of: name)
    requirePositive(outputs, "outputs", of: name)
    requirePositive(groups, "groups", of: name)
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.kernel = kernel.expanded(to: axes, "kernel", of: name)
    self.stride = stride.expanded(to: axes, "stride", of: name)
    self.padding = padding.expanded(to: axes, "padding", of: name, atLeast: 0)
    self.outputPadding = outputPadding.expanded(to: axes, "outputPadding", of: name, atLeast: 0)
    self.dilation = dilation.expanded(to: axes, "dilation", of: name)
    self.groups = groups
    guard inputs % groups == 0, outputs % groups == 0 else {
      fatalError("\(description) got groups: \(groups); it must divide both inputs and outputs.")
    }
    for axis in 0..<axes
    where self.outputPadding[axis] >= max(self.stride[axis], self.dilation[axis]) {
      fatalError(
        "\(description) got outputPadding: \(compact(self.outputPadding)); it must be smaller than "
          + "the stride or the dilation.")
    }
  }

  var weightShape: [Int] { [inputs, outputs / groups] + kernel }

  /// The transposed convolution, or a sentence about what is wrong with the input.
  ///
  /// On the meta device the output's shape, noted with the layer's work: each input element is
  /// multiplied with a window over its group's outputs.
  func output(
    of input: Tensor, weight: Tensor, bias: Tensor?, for layer: any Module
  ) -> Tensor {
    if input.isPoisoned { return input }
    let shape = input.shape
    guard shape.count == kernel.count + 2, shape[1] == inputs else {
      return failPrecondition(
        "\(description) received a tensor of shape \(shape); it must be "
          + "\(layout(axes: kernel.count)) with \(inputs) channels.")
    }
    let extents = kernel.indices.map { axis in
      (shape[axis + 2] - 1) * stride[axis] - 2 * padding[axis]
        + dilation[axis] * (kernel[axis] - 1) + outputPadding[axis] + 1
    }
    guard extents.allSatisfy({ $0 > 0 }) else {
      return failPrecondition(
        "\(description) received a tensor of shape \(shape); its padding would leave the extents "
          + "\(extents). Use less padding or a larger kernel.")
    }
    if input.isMeta {
      let window = kernel.reduce(outputs / groups, *)
      return input.metaOutput([shape[0], outputs] + extents)
        .counted(for: layer, multiplyAdds: input.count * window)
    }
    return convolved(input, weight, bias)
  }

  private func convolved(_ input: Tensor, _ weight: Tensor, _ bias: Tensor?) -> Tensor {
    switch kernel.count {
    case 1:
      ATen.conv_transpose1d(
        input, weight: weight, bias: bias, stride: stride, padding: padding,
        output_padding: outputPadding, groups: groups, dilation: dilation)
    case 2:
      ATen.conv_transpose2d_input(
        input, weight: weight, bias: bias, stride: stride, padding: padding,
        output_padding: outputPadding, groups: groups, dilation: dilation)
    default:
      ATen.conv_transpose3d_input(
        input, weight: weight, bias: bias, stride: stride, padding: padding,
        output_padding: outputPadding, groups: groups, dilation: dilation)
    }
  }

  var description: String {
    var text = "\(name)(inputs: \(inputs), outputs: \(outputs), kernel: \(compact(kernel))"
    if stride.contains(where: { $0 != 1 }) { text += ", stride: \(compact(stride))" }
    if padding.contains(where: { $0 != 0 }) { text += ", padding: \(compact(padding))" }
    if outputPadding.contains(where: { $0 != 0 }) {
      text += ", outputPadding: \(compact(outputPadding))"
    }
    if dilation.contains(where: { $0 != 1 }) { text += ", dilation: \(compact(dilation))" }
    if groups != 1 { text += ", groups: \(groups)" }
    return text + ")"
  }
}
