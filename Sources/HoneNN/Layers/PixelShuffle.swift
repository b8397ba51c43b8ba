public import HoneTensor

/// Turns channels into resolution (Shi and others 2016): `[batch, channels factor², height, width]` to
/// `[batch, channels, height factor, width factor]`.
public final class PixelShuffle: Layer, CustomStringConvertible {
  /// By how much height and width grow.
  public let factor: Int

  /// A shuffle.
  public init(factor: Int) {
    requirePositive(factor, "factor", of: "PixelShuffle")
    self.factor = factor
  }

  /// The shuffled input.
  ///
  /// Input `[batch, channels factor², height, width]`, output
  /// `[batch, channels, height factor, width factor]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    if input.isPoisoned { return input }
    let shape = input.shape
    guard shape.count == 4, shape[1] % (factor * factor) == 0 else {
      return failPrecondition(
        "\(self) received a tensor of shape \(shape); it must be \(layout(axes: 2)) with channels "
          + "that \(factor * factor) divides.")
    }
    if input.isMeta {
      return input.metaOutput([
        shape[0], shape[1] / (factor * factor), shape[2] * factor, shape[3] * factor,
      ])
    }
    return ATen.pixel_shuffle(input, upscale_factor: factor)
  }

  /// The layer as code: `PixelShuffle(factor: 2)`.
  public var description: String { "PixelShuffle(factor: \(factor))" }
}

/// Turns resolution into channels, the inverse of `PixelShuffle`:
/// `[batch, channels, height factor, width factor]` to `[batch, channels factor², height, width]`.
public final class PixelUnshuffle: Layer, CustomStringConvertible {
  /// By how much height and width shrink.
  public let factor: Int

  /// A shuffle.
  public init(factor: Int) {
    requirePositive(factor, "factor", of: "PixelUnshuffle")
    self.factor = factor
  }

  /// The shuffled input.
  ///
  /// Input `[batch, channels, height factor, width factor]`, output
  /// `[batch, channels factor², height, width]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    if input.isPoisoned { return input }
    let shape = input.shape
    guard shape.count == 4, shape[2] % factor == 0, shape[3] % factor == 0 else {
      return failPrecondition(
        "\(self) received a tensor of shape \(shape); it must be \(layout(axes: 2)) with height and "
          + "width that \(factor) divides.")
    }
    if input.isMeta {
      return input.metaOutput([
        shape[0], shape[1] * factor * factor, shape[2] / factor, shape[3] / factor,
      ])
    }
    return ATen.pixel_unshuffle(input, downscale_factor: factor)
  }

  /// The layer as code: `PixelUnshuffle(factor: 2)`.
  public var description: String { "PixelUnshuffle(factor: \(factor))" }
}

/// Interleaves groups of channels, so that grouped convolutions see each other's outputs (Zhang and
/// others 2018): channel j of group i becomes channel i of group j.
public final class ChannelShuffle: Layer, CustomStringConvertible {
  /// The number of groups that the input's channels form.
  public let groups: Int

  /// A shuffle.
  public init(groups: Int) {
    requirePositive(groups, "groups", of: "ChannelShuffle")
    self.groups = groups
  }

  /// The input with its channels in another order, `[batch, channels, …]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    if input.isPoisoned { return input }
    let shape = input.shape
    guard shape.count >= 3, shape[1] % groups == 0 else {
      return failPrecondition(
        "\(self) received a tensor of shape \(shape); it must have positions behind [batch, "
          + "channels], and \(groups) must divide the channels.")
    }
    return input.reshaped([shape[0], groups, shape[1] / groups] + shape.dropFirst(2))
      .transposed(1, 2).reshaped(shape)
  }

  /// The layer as code: `ChannelShuffle(groups: 2)`.
  public var description: String { "ChannelShuffle(groups: \(groups))" }
}
