public import HoneNumerics
public import HoneTensor

/// Squeeze-and-excitation (Hu, Shen and Sun 2018): each channel is scaled by a factor computed from
/// the means of all, x σ(W₂ δ(W₁ mean(x))).
///
/// As torchvision's layer of this name, where `squeeze` is called `fc1` and `excitation` `fc2`.
/// Input and output `[batch, channels, height, width]`.
public final class SqueezeExcitation: Layer, CustomStringConvertible {
  /// From channels to fewer: W₁, a convolution with kernel 1.
  public let squeeze: Conv2d
  /// Back to all channels: W₂, a convolution with kernel 1.
  public let excitation: Conv2d
  /// Between the two, δ.
  public let activation: Activation
  /// Makes factors of the second's output, σ.
  public let gate: Activation
  /// The input's channels.
  public let channels: Int

  /// A squeeze-and-excitation.
  /// - Parameters:
  ///   - channels: the input's channels.
  ///   - squeezed: the channels between the two convolutions, commonly a fourth or a sixteenth.
  ///   - activation: what follows the first convolution.
  ///   - gate: what makes factors of the second's output.
  ///   - initializer: the first values of both weights.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  public init(
    channels: Int, squeezed: Int, activation: Activation = .relu, gate: Activation = .sigmoid,
    initializer: Initializer = .standard, device: Device = .cpu, using stream: inout RandomStream
  ) {
    requirePositive(channels, "channels", of: "SqueezeExcitation")
    requirePositive(squeezed, "squeezed", of: "SqueezeExcitation")
    self.channels = channels
    self.activation = activation
    self.gate = gate
    squeeze = Conv2d(
      inputs: channels, outputs: squeezed, kernel: 1, initializer: initializer, device: device,
      using: &stream)
    excitation = Conv2d(
      inputs: squeezed, outputs: channels, kernel: 1, initializer: initializer, device: device,
      using: &stream)
  }

  /// The scaled input, of the same shape.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    if input.isPoisoned { return input }
    let shape = input.shape
    guard shape.count == 4, shape[1] == channels else {
      return failPrecondition(
        "\(self) received a tensor of shape \(shape); it must be \(layout(axes: 2)) with "
          + "\(channels) channels.")
    }
    let means = input.mean(along: [2, 3], keepingDimensions: true)
    return input * gate(excitation(activation(squeeze(means))))
  }

  /// The layer as code: `SqueezeExcitation(channels: 64, squeezed: 4)`.
  public var description: String {
    "SqueezeExcitation(channels: \(channels), squeezed: \(squeeze.weight.shape[0]))"
  }
}
