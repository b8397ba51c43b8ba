public import HoneTensor

/// Layer normalization over the last dimensions, each sample by itself:
/// γ (x - mean) / √(variance + ε) + β (Ba, Kiros and Hinton 2016).
///
/// The variance is the biased one. Input and output `[…, normalizedShape]`.
public final class LayerNorm: Layer, CustomStringConvertible {
  /// The scale, of the normalized shape, ones at first.
  public let weight: Parameter?
  /// The shift, of the normalized shape, zeros at first.
  public let bias: Parameter?
  /// The last extents of the input, which are normalized together.
  public let normalizedShape: [Int]
  /// What is added to variances before their root is taken.
  public let epsilon: Double

  /// A layer normalization.
  /// - Parameters:
  ///   - normalizedShape: the last extents of the input.
  ///   - epsilon: what is added to variances before their root is taken.
  ///   - affine: whether there are a scale and a shift.
  ///   - bias: whether there is a shift beside the scale.
  ///   - device: where the parameters are.
  public init(
    normalizedShape: [Int], epsilon: Double = 1e-5, affine: Bool = true, bias: Bool = true,
    device: Device = .cpu
  ) {
    guard !normalizedShape.isEmpty, normalizedShape.allSatisfy({ $0 > 0 }) else {
      fatalError(
        "LayerNorm got normalizedShape: \(normalizedShape); it must list one or more positive "
          + "extents.")
    }
    self.normalizedShape = normalizedShape
    self.epsilon = epsilon
    weight = affine ? Parameter(Tensor.ones(normalizedShape, device: device)) : nil
    self.bias = affine && bias ? Parameter(Tensor.zeros(normalizedShape, device: device)) : nil
  }

  /// A layer normalization of the last dimension.
  public convenience init(
    features: Int, epsilon: Double = 1e-5, affine: Bool = true, bias: Bool = true,
    device: Device = .cpu
  ) {
    self.init(
      normalizedShape: [features], epsilon: epsilon, affine: affine, bias: bias, device: device)
  }

  /// The normalized input, of the same shape.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    guard input.isPoisoned || input.shape.suffix(normalizedShape.count) == normalizedShape[...]
    else {
      return failPrecondition(
        "\(self) received a tensor of shape \(input.shape); its last dimensions must be "
          + "\(normalizedShape).")
    }
    if input.isMeta { return input.counted(for: self) }
    return ATen.layer_norm(
      input, normalized_shape: normalizedShape, weight: weight?.value, bias: bias?.value,
      eps: epsilon
    ).traced(as: "layerNorm")
  }

  /// The layer as code: `LayerNorm(normalizedShape: [64])`.
  public var description: String { "LayerNorm(normalizedShape: \(normalizedShape))" }
}
