public import HoneTensor

/// max(0, x) + a min(0, x) with a learned slope a, one for all channels or one for each (He and others
/// 2015).
///
/// Weight decay would pull the slopes to zero, toward ReLU: leave it off for them.
public final class PReLU: Layer, CustomStringConvertible {
  /// The slopes, `[features]`.
  public let weight: Parameter
  /// The number of slopes.
  public let features: Int

  /// An activation.
  /// - Parameters:
  ///   - features: 1 for one slope, or the extent of dimension 1 for a slope of each channel.
  ///   - slope: the first value of each slope.
  ///   - device: where the parameter is.
  public init(features: Int = 1, slope: Double = 0.25, device: Device = .cpu) {
    requirePositive(features, "features", of: "PReLU")
    self.features = features
    weight = Parameter(Tensor.full([features], Scalar(slope), device: device))
  }

  /// The activation of each element; the shape stays.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    if input.isPoisoned { return input }
    guard features == 1 || (input.rank >= 2 && input.shape[1] == features) else {
      return failPrecondition(
        "\(self) received a tensor of shape \(input.shape); dimension 1 must be \(features).")
    }
    if input.isMeta { return input.counted(for: self) }
    // The operator takes no mixed types, such as bf16 inputs with fp32 slopes.
    return ATen.prelu(input, weight: weight.value.cast(to: input.dtype))
      .traced(as: "prelu")
  }

  /// The layer as code: `PReLU(features: 16)`.
  public var description: String { "PReLU(features: \(features))" }
}
