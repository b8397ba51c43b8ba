import HoneTensor

/// What convolutions of all dimensions share: geometry, its checks, and padding.
struct ConvolutionGeometry {
  let name: String
  let inputs: Int
  let outputs: Int
  let kernel: Int
  let stride: Int
  let padding: Padding
  let dilation: Int
  let groups: Int

  /// Ends the process where the numbers do not fit each other.
  func validate() {
    requirePositive(inputs, "inputs", of: name)
    requirePositive(outputs, "outputs", of: name)
    requirePositive(kernel, "kernel", of: name)
    requirePositive(stride, "stride", of: name)
    requirePositive(dilation, "dilation", of: name)
    requirePositive(groups, "groups", of: name)
    guard inputs % groups == 0, outputs % groups == 0 else {
      fatalError(
        "\(description) got groups: \(groups); it must divide both inputs and outputs.")
    }
    switch padding {
    case .zeros(let count) where count < 0:
      fatalError("\(description) got padding: \(count); it must not be negative.")
    case .same where stride != 1:
      fatalError("\(description) got padding: same with stride: \(stride); same needs stride 1.")
    default: break
    }
  }

  func weightShape(dimensions: Int) -> [Int] {
    [outputs, inputs / groups] + [Int](repeating: kernel, count: dimensions)
  }

  /// What is wrong with an input shape; nil where nothing is.
  func complaint(about shape: [Int], dimensions: Int, layout: String) -> String? {
    guard shape.count == dimensions + 2 else {
      return "\(description) received a tensor of shape \(shape); it must have the "
        + "\(dimensions + 2) dimensions \(layout)."
    }
    guard shape[1] == inputs else {
      return "\(description) received a tensor of shape \(shape); dimension 1 (channels) must be "
        + "\(inputs)."
    }
    let reach = dilation * (kernel - 1) + 1
    guard case .zeros(let count) = padding else { return nil }
    for extent in shape.dropFirst(2) where extent + 2 * count < reach {
      return "\(description) received a tensor of shape \(shape); with padding \(count) its kernel "
        + "spans \(reach), more than the extent \(extent). Use a smaller kernel or more padding."
    }
    return nil
  }

  /// The input, padded by hand where the two sides differ, and the padding left to the operator.
  func padded(_ input: Tensor, dimensions: Int) -> (input: Tensor, padding: Int) {
    switch padding {
    case .zeros(let count): return (input, count)
    case .same:
      let total = dilation * (kernel - 1)
      if total % 2 == 0 { return (input, total / 2) }
      let sides = [total / 2, total - total / 2]
      let pad = (0..<dimensions).flatMap { _ in sides }
      return (ATen.constant_pad_nd(input, pad: pad), 0)
    }
  }

  /// The output on the meta device, for whose convolutions libtorch has no kernel in C++.
  ///
  /// Noted with its work for the layer: each output element sums a window over its group's channels.
  func metaOutput(of input: Tensor, padding: Int, for layer: any Module) -> Tensor {
    let shape = input.shape
    let extents = shape.dropFirst(2).map { extent in
      (extent + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1
    }
    let output = input.metaOutput([shape[0], outputs] + extents)
    let window = extents.reduce(inputs / groups) { product, _ in product * kernel }
    return output.counted(for: layer, multiplyAdds: output.count * window)
  }

  var description: String {
    var text = "\(name)(inputs: \(inputs), outputs: \(outputs), kernel: \(kernel)"
    if stride != 1 { text += ", stride: \(stride)" }
    if padding != 0 { text += ", padding: \(padding)" }
    if dilation != 1 { text += ", dilation: \(dilation)" }
    if groups != 1 { text += ", groups: \(groups)" }
    return text + ")"
  }
}
