public import HoneTensor

/// Adds normal noise in training: x + σ n with standard normal n (as Keras' layer of this name; PyTorch
/// has none).
///
/// The draws come from the source that `withRandomSource` gives the thread, one for each batch of a run.
public final class GaussianNoise: Layer, ModeDependent, CustomStringConvertible {
  /// The noise's standard deviation σ.
  public let standardDeviation: Double
  /// Whether noise is added.
  public var isTraining = true

  /// A noise.
  /// - Precondition: the standard deviation is not negative.
  public init(standardDeviation: Double = 0.1) {
    guard standardDeviation >= 0, standardDeviation.isFinite else {
      fatalError(
        "GaussianNoise got standardDeviation: \(standardDeviation); it must be 0 or more.")
    }
    self.standardDeviation = standardDeviation
  }

  /// The input with noise added, of the same shape.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    guard isTraining, standardDeviation > 0, !input.isMeta else { return input }
    return input + normalNoise(like: input, mean: 0, deviation: standardDeviation)
  }

  /// The layer as code: `GaussianNoise(standardDeviation: 0.1)`.
  public var description: String { "GaussianNoise(standardDeviation: \(standardDeviation))" }
}

/// Multiplies by normal noise in training: x (1 + n √(p / (1 - p))), with the mean and variance of
/// dropout's factors (Srivastava and others 2014, section 10).
///
/// The draws come from the source that `withRandomSource` gives the thread, one for each batch of a run.
public final class GaussianDropout: Layer, ModeDependent, CustomStringConvertible {
  /// The probability p of the dropout whose variance the factors have.
  public let probability: Double
  /// Whether factors are drawn.
  public var isTraining = true

  /// A dropout by normal factors.
  /// - Precondition: the probability is at least 0 and less than 1.
  public init(probability: Double = 0.5) {
    requireFraction(probability, "probability", of: "GaussianDropout")
    self.probability = probability
  }

  /// The input times its factors, of the same shape.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    guard isTraining, probability > 0, !input.isMeta else { return input }
    let deviation = (probability / (1 - probability)).squareRoot()
    return input * normalNoise(like: input, mean: 1, deviation: deviation)
  }

  /// The layer as code: `GaussianDropout(probability: 0.5)`.
  public var description: String { "GaussianDropout(probability: \(probability))" }
}

private func normalNoise(like input: Tensor, mean: Double, deviation: Double) -> Tensor {
  let noise = ATen.empty_like(input)
  ATen.normal_(
    noise, mean: mean, std: deviation, generator: RandomSource.current(on: input.device))
  return noise
}
