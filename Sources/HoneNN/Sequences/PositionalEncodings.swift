public import HoneNumerics
public import HoneTensor

/// Adds sines and cosines of the position, of wavelengths from 2π to 10000 · 2π (Vaswani and others 2017,
/// arXiv 1706.03762): feature 2i is sin(t / 10000^(2i/features)), feature 2i + 1 its cosine.
///
/// Has no parameters and takes sequences of any length.
public final class SinusoidalPositions: Layer, ModeDependent, CustomStringConvertible {
  /// The features of a position.
  public let features: Int
  /// The share of the sum's elements that training drops.
  public let dropout: Double
  /// Whether elements are dropped.
  public var isTraining = true

  /// Sinusoidal positions.
  /// - Parameters:
  ///   - features: the features of a position.
  ///   - dropout: the share of the sum's elements that training drops.
  public init(features: Int, dropout: Double = 0) {
    requirePositive(features, "features", of: "SinusoidalPositions")
    requireFraction(dropout, "dropout", of: "SinusoidalPositions")
    self.features = features
    self.dropout = dropout
  }

  /// The input with its positions: `[batch, time, features]` to the same shape.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    let shape = input.shape
    guard input.isPoisoned || shape.count >= 2 && shape.last == features else {
      return failPrecondition(
        "\(self) received a tensor of shape \(shape); it must be [batch, time, \(features)].")
    }
    if input.isPoisoned || input.isMeta { return input }
    let table = encoding(length: shape[shape.count - 2], device: input.device)
    let sum = input + table.cast(to: input.dtype)
    return isTraining && dropout > 0 ? elementsDropped(sum, dropout) : sum
  }

  /// The numbers that are added, `[length, features]`, `float64`.
  public func encoding(length: Int, device: Device = .cpu) -> Tensor {
    let angles = positionAngles(
      0..<length, count: (features + 1) / 2, width: features, base: 10_000, device: device)
    return Tensor.stacked([angles.sine(), angles.cosine()], along: 2)
      .flattened(from: 1).sliced(0..<features, along: 1)
  }

  /// The layer as code: `SinusoidalPositions(features: 64)`.
  public var description: String { "SinusoidalPositions(features: \(features))" }
}

/// Adds a learned vector for each position, as BERT and GPT-2 do.
public final class LearnedPositions: Layer, CustomStringConvertible {
  /// The vectors, `[length, features]`, normal with the initializer's deviation at first.
  public let weight: Parameter
  /// The longest sequence.
  public let length: Int
  /// The features of a position.
  public let features: Int

  /// Learned positions.
  /// - Parameters:
  ///   - length: the longest sequence.
  ///   - features: the features of a position.
  ///   - initializer: the first values; BERT's.
  ///   - device: where the vectors are.
  ///   - stream: where the first values come from.
  public init(
    length: Int, features: Int, initializer: Initializer = .normal(standardDeviation: 0.02),
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    requirePositive(length, "length", of: "LearnedPositions")
    requirePositive(features, "features", of: "LearnedPositions")
    self.length = length
    self.features = features
    var stream = stream.layerStream()
    weight = Parameter(initializer.tensor([length, features], device: device, using: &stream))
  }

  /// The input with its positions: `[batch, time, features]` to the same shape.
  /// - Precondition: sequences are at most `length` long.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    let shape = input.shape
    guard
      input.isPoisoned
        || shape.count >= 2 && shape.last == features && shape[shape.count - 2] <= length
    else {
      return failPrecondition(
        "\(self) received a tensor of shape \(shape); it must be [batch, time, \(features)] with at "
          + "most \(length) positions.")
    }
    if input.isPoisoned || input.isMeta { return input }
    return input + weight.value[0..<shape[shape.count - 2]]
  }

  /// The layer as code: `LearnedPositions(length: 128, features: 64)`.
  public var description: String { "LearnedPositions(length: \(length), features: \(features))" }
}
