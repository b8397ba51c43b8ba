public import HoneTensor

// Dropout of whole channels (Tompson and others 2015), for neighboring positions that say nearly the same.
// The draws come from the source that `withRandomSource` gives the thread, one for each batch of a run.

/// Dropout of whole channels of sequences, `[batch, channels, length]` (Tompson and others 2015):
/// in training each channel of each sample is zero with a probability, and the others are divided by
/// what remains.
public final class Dropout1d: Layer, ModeDependent, CustomStringConvertible {
  /// The share of channels that are dropped.
  public let probability: Double
  /// Whether channels are dropped.
  public var isTraining = true

  /// A dropout of channels.
  /// - Precondition: the probability is at least 0 and less than 1.
  public init(probability: Double = 0.5) {
    requireFraction(probability, "probability", of: "Dropout1d")
    self.probability = probability
  }

  /// The input with channels dropped, of the same shape.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    channelsDropped(
      input, axes: 1, isTraining ? probability : 0, description, featuresDropped)
  }

  /// The layer as code: `Dropout1d(probability: 0.5)`.
  public var description: String { "Dropout1d(probability: \(probability))" }
}

/// Dropout of whole channels of images, `[batch, channels, height, width]` (Tompson and others 2015):
/// in training each channel of each sample is zero with a probability, and the others are divided by
/// what remains.
public final class Dropout2d: Layer, ModeDependent, CustomStringConvertible {
  /// The share of channels that are dropped.
  public let probability: Double
  /// Whether channels are dropped.
  public var isTraining = true

  /// A dropout of channels.
  /// - Precondition: the probability is at least 0 and less than 1.
  public init(probability: Double = 0.5) {
    requireFraction(probability, "probability", of: "Dropout2d")
    self.probability = probability
  }

  /// The input with channels dropped, of the same shape.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    channelsDropped(
      input, axes: 2, isTraining ? probability : 0, description, featuresDropped)
  }

  /// The layer as code: `Dropout2d(probability: 0.5)`.
  public var description: String { "Dropout2d(probability: \(probability))" }
}

/// Dropout of whole channels of volumes, `[batch, channels, depth, height, width]` (Tompson and others 2015):
/// in training each channel of each sample is zero with a probability, and the others are divided by
/// what remains.
public final class Dropout3d: Layer, ModeDependent, CustomStringConvertible {
  /// The share of channels that are dropped.
  public let probability: Double
  /// Whether channels are dropped.
  public var isTraining = true

  /// A dropout of channels.
  /// - Precondition: the probability is at least 0 and less than 1.
  public init(probability: Double = 0.5) {
    requireFraction(probability, "probability", of: "Dropout3d")
    self.probability = probability
  }

  /// The input with channels dropped, of the same shape.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    channelsDropped(
      input, axes: 3, isTraining ? probability : 0, description, featuresDropped)
  }

  /// The layer as code: `Dropout3d(probability: 0.5)`.
  public var description: String { "Dropout3d(probability: \(probability))" }
}

/// What `drop` makes of an input of some axes, or a sentence about its shape; nil axes for any.
func channelsDropped(
  _ input: Tensor, axes: Int?, _ probability: Double, _ layer: String,
  _ drop: (Tensor, Double) -> Tensor
) -> Tensor {
  if input.isPoisoned { return input }
  let rank = input.rank
  guard axes.map({ rank == $0 + 2 }) ?? (rank >= 2) else {
    return failPrecondition(
      "\(layer) received a tensor of shape \(input.shape); it must be "
        + "\(axes.map(layout(axes:)) ?? "[batch, channels, …]").")
  }
  return probability == 0 || input.isMeta ? input : drop(input, probability)
}
