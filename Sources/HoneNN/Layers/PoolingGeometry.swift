import HoneTensor

/// What poolings with a window share.
struct PoolingGeometry {
  let name: String
  let window: Int
  let stride: Int
  let padding: Int

  init(_ name: String, _ window: Int, _ stride: Int?, _ padding: Int) {
    requirePositive(window, "window", of: name)
    requirePositive(stride ?? window, "stride", of: name)
    guard (0...window / 2).contains(padding) else {
      fatalError(
        "\(name) got padding: \(padding); it must lie in 0...\(window / 2), half a window.")
    }
    self.name = name
    self.window = window
    self.stride = stride ?? window
    self.padding = padding
  }

  /// What is wrong with an input; nil where nothing is.
  func complaint(about input: Tensor, _ layout: String) -> String? {
    if input.isPoisoned { return nil }
    let shape = input.shape
    let rank = layout.split(separator: ",").count
    guard shape.count == rank else {
      return "\(description) received a tensor of shape \(shape); it must have the \(rank) "
        + "dimensions \(layout)."
    }
    guard shape.dropFirst(2).allSatisfy({ $0 + 2 * padding >= window }) else {
      return "\(description) received a tensor of shape \(shape), smaller than its window. "
        + "Use fewer poolings or a smaller window."
    }
    return nil
  }

  var description: String {
    var text = "\(name)(window: \(window)"
    if stride != window { text += ", stride: \(stride)" }
    if padding != 0 { text += ", padding: \(padding)" }
    return text + ")"
  }
}
