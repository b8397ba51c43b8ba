public import HoneTensor

/// Inverted dropout (Srivastava and others
/// 2014): in training each element is zero with a probability, and the others are divided by what
/// remains; in evaluation nothing happens.
///
/// The draws come from the source that `withRandomSource` gives the thread, one for each batch of a run.
public final class Dropout: Layer, ModeDependent, CustomStringConvertible {
  /// The share of elements that are dropped.
  public let probability: Double
  /// Whether elements are dropped.
  public var isTraining = true

  /// A dropout.
  /// - Precondition: the probability is at least 0 and less than 1.
  public init(probability: Double = 0.5) {
    requireFraction(probability, "probability", of: "Dropout")
    self.probability = probability
  }

  /// The input with elements dropped, of the same shape.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    (isTraining && probability > 0 ? elementsDropped(input, probability) : input)
      .traced(as: "dropout")
  }

  /// The layer as code: `Dropout(probability: 0.5)`.
  public var description: String { "Dropout(probability: \(probability))" }
}
