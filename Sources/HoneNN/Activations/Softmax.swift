public import HoneTensor

/// eˣ divided by its sum along a dimension: probabilities.
///
/// Losses on logits apply it themselves; a model trained with `Loss.crossEntropy` must not end in
/// it.
public final class Softmax: Layer, CustomStringConvertible {
  /// The dimension whose elements sum to one.
  public let dimension: Int

  /// A softmax.
  public init(along dimension: Int = -1) { self.dimension = dimension }

  /// The probabilities, of the same shape.
  public func callAsFunction(_ input: Tensor) -> Tensor { input.softmax(along: dimension) }

  /// The layer as code: `Softmax(along: -1)`.
  public var description: String { "Softmax(along: \(dimension))" }
}
