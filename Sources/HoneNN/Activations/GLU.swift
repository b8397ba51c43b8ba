public import HoneTensor

/// A gated linear unit: the first half of a dimension times an activation of the second, a φ(b).
///
/// With the sigmoid it is the unit of Dauphin and others (2017) and PyTorch's default; with
/// `.gelu()` it is GEGLU, with `.silu` SwiGLU (Shazeer 2020). A linear layer before it has twice the
/// outputs that are wanted.
public final class GLU: Layer, CustomStringConvertible {
  /// The dimension that is halved; negative numbers count from the end.
  public let dimension: Int
  /// What is applied to the second half, φ.
  public let activation: Activation

  /// A gated unit.
  /// - Parameters:
  ///   - dimension: the dimension that is halved; negative numbers count from the end.
  ///   - activation: what is applied to the second half.
  public init(along dimension: Int = -1, activation: Activation = .sigmoid) {
    self.dimension = dimension
    self.activation = activation
  }

  /// The gated half: `[…, 2 features, …]` to `[…, features, …]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    if input.isPoisoned { return input }
    let shape = input.shape
    let axis = dimension < 0 ? dimension + shape.count : dimension
    guard shape.indices.contains(axis), shape[axis] % 2 == 0 else {
      return failPrecondition(
        "\(self) received a tensor of shape \(shape); dimension \(dimension) must have an even "
          + "extent.")
    }
    let half = shape[axis] / 2
    if input.isMeta {
      var output = shape
      output[axis] = half
      return input.metaOutput(output)
    }
    if activation == .sigmoid { return ATen.glu(input, dim: dimension).traced(as: "glu") }
    let halves = input.split(size: half, along: axis)
    return halves[0] * activation(halves[1])
  }

  /// The layer as code: `GLU(along: -1)`.
  public var description: String {
    activation == .sigmoid
      ? "GLU(along: \(dimension))" : "GLU(along: \(dimension), activation: .\(activation))"
  }
}
