public import HoneNN
public import HoneNumerics
public import HoneTensor

/// A perceptron that squeezes a sample into a few numbers and one that makes the sample out of them
/// again (Hinton and Salakhutdinov 2006); the decoder mirrors the encoder.
///
/// Train it with the sample as its own target: `Loss.meanSquaredError(model(x), x)`.
public final class Autoencoder: Layer {
  /// From samples to codes.
  public let encoder: MLP
  /// From codes to samples, flattened.
  public let decoder: MLP

  /// An autoencoder.
  /// - Parameters:
  ///   - inputs: the number of features of a sample.
  ///   - latent: the numbers of a code.
  ///   - widths: the encoder's hidden features, layer by layer; the decoder has them in reverse.
  ///   - options: activation, normalization, dropout, first values.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  public init(
    inputs: Int, latent: Int = 32, widths: [Int] = [256, 128],
    options: MLP.Options = MLP.Options(), device: Device = .cpu, using stream: inout RandomStream
  ) {
    encoder = MLP(
      inputs: inputs, outputs: latent, widths: widths, options: options, device: device,
      using: &stream)
    decoder = MLP(
      inputs: latent, outputs: inputs, widths: widths.reversed(), options: options,
      device: device, using: &stream)
  }

  /// The codes of samples: `[batch, …]` to `[batch, latent]`.
  public func encode(_ input: Tensor) -> Tensor { encoder(input) }

  /// The samples of codes: `[batch, latent]` to `[batch, inputs]`.
  public func decode(_ codes: Tensor) -> Tensor { decoder(codes) }

  /// The reconstruction of samples, of their shape.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    let output = decoder(encoder(input))
    return input.isPoisoned || output.isPoisoned ? output : output.reshaped(input.shape)
  }
}
