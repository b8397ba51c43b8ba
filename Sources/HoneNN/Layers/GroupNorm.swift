public import HoneTensor

/// Group normalization (Wu and He 2018): γ (x - mean) / √(variance + ε) + β, with mean and variance
/// over the channels of a group and all positions, each sample by itself.
///
/// Two special cases: one group is layer normalization over `[channels, …]` (with a scale and a shift
/// for each channel instead of each element); as many groups as channels are instance normalization.
/// Input and output `[batch, features, …]`.
public final class GroupNorm: Layer, CustomStringConvertible {
  /// The scale, `[features]`, ones at first.
  public let weight: Parameter?
  /// The shift, `[features]`, zeros at first.
  public let bias: Parameter?
  /// The number of groups.
  public let groups: Int
  /// The extent of dimension 1.
  public let features: Int
  /// What is added to variances before their root is taken.
  public let epsilon: Double

  /// A group normalization.
  /// - Parameters:
  ///   - groups: the number of groups.
  ///   - features: the extent of dimension 1.
  ///   - epsilon: what is added to variances before their root is taken.
  ///   - affine: whether there are a scale and a shift.
  ///   - device: where the parameters are.
  /// - Precondition: `groups` divides `features`.
  public init(
    groups: Int, features: Int, epsilon: Double = 1e-5, affine: Bool = true, device: Device = .cpu
  ) {
    requirePositive(groups, "groups", of: "GroupNorm")
    requirePositive(features, "features", of: "GroupNorm")
    guard features % groups == 0 else {
      fatalError("GroupNorm got groups: \(groups); it must divide features: \(features).")
    }
    self.groups = groups
    self.features = features
    self.epsilon = epsilon
    weight = affine ? Parameter(Tensor.ones([features], device: device)) : nil
    bias = affine ? Parameter(Tensor.zeros([features], device: device)) : nil
  }

  /// The normalized input, of the same shape.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    guard input.isPoisoned || (input.rank >= 2 && input.shape[1] == features) else {
      return failPrecondition(
        "\(self) received a tensor of shape \(input.shape); dimension 1 must be \(features).")
    }
    if input.isMeta { return input.counted(for: self) }
    return ATen.group_norm(
      input, num_groups: groups, weight: weight?.value, bias: bias?.value, eps: epsilon
    ).traced(as: "groupNorm")
  }

  /// The layer as code: `GroupNorm(groups: 8, features: 64)`.
  public var description: String { "GroupNorm(groups: \(groups), features: \(features))" }
}
