public import HoneNN
public import HoneNumerics
public import HoneTensor

/// An autoencoder whose codes are normal distributions, and whose decoder makes new samples from
/// standard normal numbers (Kingma and Welling 2013, arXiv 1312.6114).
///
/// Training maximizes a lower bound of the samples' likelihood: `loss(of:)` is its negative, with the
/// codes drawn as mean + deviation · noise, so that gradients reach the encoder.
public final class VariationalAutoencoder: Layer, ModeDependent {
  /// What the decoder's outputs mean.
  public enum Likelihood: String, Sendable, Hashable, CaseIterable {
    /// Logits of independent probabilities, for inputs within 0...1.
    case bernoulli
    /// Means of normal distributions of variance 1.
    case gaussian
  }

  /// The two parts of the bound's negative, for each sample, `[batch]`.
  public struct Bound {
    /// The negative logarithm of the sample's likelihood under its code.
    public let reconstruction: Tensor
    /// The divergence of the code's distribution from the standard normal one,
    /// ½ Σ (μ² + σ² - 1 - log σ²).
    public let divergence: Tensor
  }

  /// From samples to hidden features.
  public let encoder: MLP
  /// From hidden features to the codes' means.
  public let mean: Linear
  /// From hidden features to the logarithms of the codes' variances.
  public let logVariance: Linear
  /// From codes to the parameters of samples' distributions.
  public let decoder: MLP
  /// What the decoder's outputs mean.
  public let likelihood: Likelihood
  /// The numbers of a code.
  public let latent: Int
  /// Whether codes are drawn; in evaluation they are the means.
  public var isTraining = true
  private let activation: Activation

  /// A variational autoencoder.
  /// - Parameters:
  ///   - inputs: the number of features of a sample.
  ///   - latent: the numbers of a code.
  ///   - widths: the encoder's hidden features, layer by layer; the decoder has them in reverse.
  ///   - likelihood: what the decoder's outputs mean.
  ///   - options: activation, normalization, dropout, first values.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: there is a hidden layer.
  public init(
    inputs: Int, latent: Int = 20, widths: [Int] = [400], likelihood: Likelihood = .bernoulli,
    options: MLP.Options = MLP.Options(), device: Device = .cpu, using stream: inout RandomStream
  ) {
    guard let last = widths.last else {
      fatalError("VariationalAutoencoder got no widths; it needs a hidden layer or more.")
    }
    self.likelihood = likelihood
    self.latent = latent
    activation = options.activation
    encoder = MLP(
      inputs: inputs, outputs: last, widths: widths.dropLast(), options: options, device: device,
      using: &stream)
    mean = Linear(inputs: last, outputs: latent, device: device, using: &stream)
    logVariance = Linear(inputs: last, outputs: latent, device: device, using: &stream)
    decoder = MLP(
      inputs: latent, outputs: inputs, widths: widths.reversed(), options: options,
      device: device, using: &stream)
  }

  /// The distributions of samples' codes: `[batch, …]` to means and logarithms of variances,
  /// `[batch, latent]` each.
  public func encode(_ input: Tensor) -> (mean: Tensor, logVariance: Tensor) {
    let hidden = activation(encoder(input))
    return (mean(hidden), logVariance(hidden))
  }

  /// The samples that codes stand for, probabilities or means: `[batch, latent]` to `[batch, inputs]`.
  public func decode(_ codes: Tensor) -> Tensor {
    likelihood == .bernoulli ? Activation.sigmoid(decoder(codes)) : decoder(codes)
  }

  /// The reconstruction of samples, of their shape: from drawn codes in training, from the codes' means
  /// in evaluation.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    let (mean, logVariance) = encode(input)
    let output = decode(isTraining ? Self.drawn(mean, logVariance, from: nil) : mean)
    return input.isPoisoned || output.isPoisoned ? output : output.reshaped(input.shape)
  }

  /// The two parts of the bound's negative.
  /// - Parameters:
  ///   - input: samples, `[batch, …]`; within 0...1 for the Bernoulli likelihood.
  ///   - source: where the noise comes from; the thread's source where nil.
  public func bound(of input: Tensor, noise source: RandomSource? = nil) -> Bound {
    let (mean, logVariance) = encode(input)
    let output = decoder(Self.drawn(mean, logVariance, from: source))
    let target = input.isPoisoned ? input : input.flattened(from: 1).cast(to: output.dtype)
    let errors: Tensor =
      switch likelihood {
      // The logistic loss, written so that no exponential overflows.
      case .bernoulli:
        output.clamped(minimum: 0) - output * target
          + (-output.absolute()).exponential().logarithmOfOnePlus()
      case .gaussian: 0.5 * (output - target).squared()
      }
    return Bound(
      reconstruction: errors.sum(along: [1]),
      divergence: Self.divergence(mean: mean, logVariance: logVariance))
  }

  /// The mean over samples of reconstruction plus divergence: what training minimizes, a scalar.
  /// - Parameters:
  ///   - input: samples, `[batch, …]`.
  ///   - divergenceWeight: the weight of the divergence; others than 1 make a β-VAE.
  ///   - source: where the noise comes from; the thread's source where nil.
  public func loss(
    of input: Tensor, divergenceWeight: Double = 1, noise source: RandomSource? = nil
  ) -> Tensor {
    let bound = bound(of: input, noise: source)
    return (bound.reconstruction + Scalar(divergenceWeight) * bound.divergence).mean()
  }

  /// New samples, `[count, inputs]`: what the decoder makes of standard normal codes.
  public func sample(_ count: Int, using source: RandomSource) -> Tensor {
    let codes = Tensor.normal([count, latent], using: source)
    return decode(codes.cast(to: mean.weight.value.dtype))
  }

  /// The divergence of normal distributions from the standard one, summed over the last dimension.
  public static func divergence(mean: Tensor, logVariance: Tensor) -> Tensor {
    0.5 * (mean.squared() + logVariance.exponential() - 1 - logVariance).sum(along: [-1])
  }

  private static func drawn(
    _ mean: Tensor, _ logVariance: Tensor, from source: RandomSource?
  ) -> Tensor {
    if mean.isPoisoned || mean.isMeta { return mean }
    let noise = ATen.randn_generator(
      mean.shape, generator: source ?? RandomSource.current(on: mean.device), dtype: mean.dtype,
      device: mean.device)
    return mean + (0.5 * logVariance).exponential() * noise
  }
}
