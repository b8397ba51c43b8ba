public import HoneTensor

/// Root mean square normalization over the last dimensions: γ x / √(mean(x²) + ε) (Zhang and
/// Sennrich 2019).
///
/// Layer normalization without the mean and the shift. Input and output `[…, normalizedShape]`.
public final class RMSNorm: Layer, CustomStringConvertible {
  /// The scale, of the normalized shape, ones at first.
  public let weight: Parameter?
  /// The last extents of the input, which are normalized together.
  public let normalizedShape: [Int]
  /// What is added to mean squares before their root is taken; nil for the spacing of numbers at 1
  /// in the input's element type.
  public let epsilon: Double?

  /// A normalization.
  /// - Parameters:
  ///   - normalizedShape: the last extents of the input.
  ///   - epsilon: what is added to mean squares before their root is taken; nil for the spacing of
  ///     numbers at 1 in the input's element type.
  ///   - affine: whether there is a scale.
  ///   - device: where the parameter is.
  public init(
    normalizedShape: [Int], epsilon: Double? = nil, affine: Bool = true, device: Device = .cpu
  ) {
    guard !normalizedShape.isEmpty, normalizedShape.allSatisfy({ $0 > 0 }) else {
      fatalError(
        "RMSNorm got normalizedShape: \(normalizedShape); it must list one or more positive "
          + "extents.")
    }
    self.normalizedShape = normalizedShape
    self.epsilon = epsilon
    weight = affine ? Parameter(Tensor.ones(normalizedShape, device: device)) : nil
  }

  /// A normalization of the last dimension.
  public convenience init(
    features: Int, epsilon: Double? = nil, affine: Bool = true, device: Device = .cpu
  ) {
    self.init(normalizedShape: [features], epsilon: epsilon, affine: affine, device: device)
  }

  /// The normalized input, of the same shape.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    if input.isPoisoned { return input }
    guard input.shape.suffix(normalizedShape.count) == normalizedShape[...] else {
      return failPrecondition(
        "\(self) received a tensor of shape \(input.shape); its last dimensions must be "
          + "\(normalizedShape).")
    }
    if input.isMeta { return input.counted(for: self) }
    return ATen.rms_norm(
      input, normalized_shape: normalizedShape, weight: weight?.value, eps: epsilon
    ).traced(as: "rmsNorm")
  }

  /// The layer as code: `RMSNorm(normalizedShape: [64])`.
  public var description: String { "RMSNorm(normalizedShape: \(normalizedShape))" }
}
