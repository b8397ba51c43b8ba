/// Which side of a weight its initial size is computed from.
public enum FanMode: String, Sendable, Hashable, CaseIterable {
  /// The number of numbers that one output sums: keeps activations in size.
  case inputs
  /// The number of outputs that one input reaches: keeps gradients in size.
  case outputs
  /// The mean of both.
  case average
}

/// The two fans of a weight of shape `[outputs, inputs, kernel…]`, as PyTorch counts them: the weight of
/// a transposed convolution, `[inputs, outputs, kernel…]`, is read alike.
struct Fan {
  let inputs: Int
  let outputs: Int

  /// - Precondition: the shape has two dimensions or more.
  init(of shape: [Int], for initializer: String) {
    guard shape.count >= 2 else {
      fatalError(
        "\(initializer) received a weight of shape \(shape); it needs the two dimensions "
          + "[outputs, inputs] or more. Use normal, uniform or a constant for vectors.")
    }
    let kernel = shape.dropFirst(2).reduce(1, *)
    inputs = shape[1] * kernel
    outputs = shape[0] * kernel
  }

  subscript(mode: FanMode) -> Double {
    switch mode {
    case .inputs: Double(inputs)
    case .outputs: Double(outputs)
    case .average: Double(inputs + outputs) / 2
    }
  }
}
