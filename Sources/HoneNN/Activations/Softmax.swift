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
  public func callAsFunction(_ input: Tensor) -> Tensor {
    input.softmax(along: dimension).traced(as: "softmax")
  }

  /// The layer as code: `Softmax(along: -1)`.
  public var description: String { "Softmax(along: \(dimension))" }
}

/// The logarithm of `Softmax`, computed without rounding small probabilities to zero:
/// x - log Σ eˣ along a dimension.
public final class LogSoftmax: Layer, CustomStringConvertible {
  /// The dimension whose probabilities sum to one.
  public let dimension: Int

  /// A log softmax.
  public init(along dimension: Int = -1) { self.dimension = dimension }

  /// The log probabilities, of the same shape.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    ATen.log_softmax_int(input, dim: dimension).traced(as: "logSoftmax")
  }

  /// The layer as code: `LogSoftmax(along: -1)`.
  public var description: String { "LogSoftmax(along: \(dimension))" }
}

/// e⁻ˣ divided by its sum along a dimension: probabilities that are large where x is small.
public final class Softmin: Layer, CustomStringConvertible {
  /// The dimension whose elements sum to one.
  public let dimension: Int

  /// A softmin.
  public init(along dimension: Int = -1) { self.dimension = dimension }

  /// The probabilities, of the same shape.
  public func callAsFunction(_ input: Tensor) -> Tensor { (-input).softmax(along: dimension) }

  /// The layer as code: `Softmin(along: -1)`.
  public var description: String { "Softmin(along: \(dimension))" }
}
