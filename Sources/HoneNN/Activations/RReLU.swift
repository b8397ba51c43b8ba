public import HoneTensor

/// x, times a slope where negative, which is drawn for each element in training and the middle of its
/// range in evaluation (Xu and others 2015).
///
/// The draws come from the source that `withRandomSource` gives the thread, one for each batch of a run.
public final class RReLU: Layer, ModeDependent, CustomStringConvertible {
  /// The smallest slope.
  public let lower: Double
  /// The largest slope.
  public let upper: Double
  /// Whether slopes are drawn.
  public var isTraining = true

  /// An activation with slopes uniform between two bounds.
  /// - Precondition: the lower bound does not exceed the upper one.
  public init(lower: Double = 1.0 / 8, upper: Double = 1.0 / 3) {
    guard lower <= upper else {
      fatalError("RReLU got lower: \(lower), upper: \(upper); the lower must not be larger.")
    }
    self.lower = lower
    self.upper = upper
  }

  /// The activation of each element; the shape stays.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    input.isMeta
      ? input
      : ATen.rrelu(
        input, lower: Scalar(lower), upper: Scalar(upper), training: isTraining,
        generator: RandomSource.current(on: input.device)
      ).traced(as: "rrelu")
  }

  /// The layer as code: `RReLU(lower: 0.125, upper: 0.333)`.
  public var description: String { "RReLU(lower: \(lower), upper: \(upper))" }
}
