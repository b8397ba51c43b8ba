public import HoneTensor

/// Dropout for networks with SELU, which keeps mean and variance (Klambauer and others 2017): in training
/// each element is set to SELU's limit far to the left with a probability, and all are scaled and
/// shifted so that standard normal inputs stay so.
///
/// The draws come from the source that `withRandomSource` gives the thread, one for each batch of a run.
public final class AlphaDropout: Layer, ModeDependent, CustomStringConvertible {
  /// The share of elements that are dropped.
  public let probability: Double
  /// Whether elements are dropped.
  public var isTraining = true

  /// A dropout.
  /// - Precondition: the probability is at least 0 and less than 1.
  public init(probability: Double = 0.5) {
    requireFraction(probability, "probability", of: "AlphaDropout")
    self.probability = probability
  }

  /// The input with elements dropped, of the same shape.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    guard isTraining, probability > 0, !input.isMeta else { return input }
    return elementsAlphaDropped(input, probability)
  }

  /// The layer as code: `AlphaDropout(probability: 0.5)`.
  public var description: String { "AlphaDropout(probability: \(probability))" }
}

/// `AlphaDropout` of whole channels, `[batch, channels, …]`.
///
/// The draws come from the source that `withRandomSource` gives the thread, one for each batch of a run.
public final class FeatureAlphaDropout: Layer, ModeDependent, CustomStringConvertible {
  /// The share of channels that are dropped.
  public let probability: Double
  /// Whether channels are dropped.
  public var isTraining = true

  /// A dropout of channels.
  /// - Precondition: the probability is at least 0 and less than 1.
  public init(probability: Double = 0.5) {
    requireFraction(probability, "probability", of: "FeatureAlphaDropout")
    self.probability = probability
  }

  /// The input with channels dropped, of the same shape.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    channelsDropped(
      input, axes: nil, isTraining ? probability : 0, description, featuresAlphaDropped)
  }

  /// The layer as code: `FeatureAlphaDropout(probability: 0.5)`.
  public var description: String { "FeatureAlphaDropout(probability: \(probability))" }
}
