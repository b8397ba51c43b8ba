import HoneTensor

/// What poolings with a window share, over one, two and three axes.
struct PoolingGeometry {
  let name: String
  let window: [Int]
  let stride: [Int]
  let padding: [Int]
  let dilation: [Int]
  let ceilMode: Bool
  let countIncludePad: Bool

  /// - Precondition: the numbers fit each other; the process ends with a sentence where not.
  init(
    _ name: String, axes: Int, window: some PerAxis, stride: (some PerAxis)?,
    padding: some PerAxis, dilation: some PerAxis = 1, ceilMode: Bool,
    countIncludePad: Bool = true
  ) {
    self.name = name
    self.window = window.expanded(to: axes, "window", of: name)
    self.stride = stride?.expanded(to: axes, "stride", of: name) ?? self.window
    self.padding = padding.expanded(to: axes, "padding", of: name, atLeast: 0)
    self.dilation = dilation.expanded(to: axes, "dilation", of: name)
    self.ceilMode = ceilMode
    self.countIncludePad = countIncludePad
    for (window, padding) in zip(self.window, self.padding) where padding > window / 2 {
      fatalError(
        "\(name) got padding: \(padding); it must lie in 0...\(window / 2), half a window.")
    }
  }

  /// The pooled input: a result without elements on the meta device, what `pool` gives elsewhere, or
  /// a sentence about what is wrong with the input.
  func output(of input: Tensor, _ pool: (Tensor) -> Tensor) -> Tensor {
    if input.isPoisoned { return input }
    let shape = input.shape
    guard shape.count == window.count + 2 else {
      return failPrecondition(
        "\(description) received a tensor of shape \(shape); it must have the "
          + "\(window.count + 2) dimensions \(layout(axes: window.count)).")
    }
    for axis in window.indices
    where shape[axis + 2] + 2 * padding[axis] < dilation[axis] * (window[axis] - 1) + 1 {
      return failPrecondition(
        "\(description) received a tensor of shape \(shape), smaller than its window. "
          + "Use fewer poolings or a smaller window.")
    }
    guard input.isMeta else { return pool(input) }
    return input.metaOutput(shape.prefix(2) + window.indices.map { extent(shape[$0 + 2], $0) })
  }

  /// The output's extent along an axis; in ceil mode the last window must begin inside the input or
  /// its padding before it.
  private func extent(_ input: Int, _ axis: Int) -> Int {
    let reach = input + 2 * padding[axis] - dilation[axis] * (window[axis] - 1) - 1
    guard ceilMode else { return reach / stride[axis] + 1 }
    let count = (reach + stride[axis] - 1) / stride[axis] + 1
    return (count - 1) * stride[axis] >= input + padding[axis] ? count - 1 : count
  }

  var description: String {
    var text = "\(name)(window: \(compact(window))"
    if stride != window { text += ", stride: \(compact(stride))" }
    if padding.contains(where: { $0 != 0 }) { text += ", padding: \(compact(padding))" }
    if dilation.contains(where: { $0 != 1 }) { text += ", dilation: \(compact(dilation))" }
    if ceilMode { text += ", ceilMode: true" }
    if !countIncludePad { text += ", countIncludePad: false" }
    return text + ")"
  }
}
