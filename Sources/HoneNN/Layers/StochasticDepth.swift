public import HoneTensor

/// Stochastic depth (Huang and others 2016), placed at the end of a residual block's body: in training
/// whole samples are zero with a probability, so that the block passes its input on, and the others
/// are divided by what remains.
///
/// Modes are those of torchvision's layer of this name.
/// The draws come from the source that `withRandomSource` gives the thread, one for each batch of a run.
public final class StochasticDepth: Layer, ModeDependent, CustomStringConvertible {
  /// What is dropped together; raw values are torchvision's names.
  public enum Mode: String, Sendable, Hashable, CaseIterable {
    /// Each sample by itself.
    case row
    /// All samples of a batch together.
    case batch
  }

  /// The share of samples (or batches) that are dropped.
  public let probability: Double
  /// What is dropped together.
  public let mode: Mode
  /// Whether anything is dropped.
  public var isTraining = true

  /// A stochastic depth.
  /// - Parameters:
  ///   - probability: the share of samples (or batches) that are dropped.
  ///   - mode: what is dropped together.
  /// - Precondition: the probability is at least 0 and less than 1.
  public init(probability: Double, mode: Mode = .row) {
    requireFraction(probability, "probability", of: "StochasticDepth")
    self.probability = probability
    self.mode = mode
  }

  /// The input with samples dropped, `[batch, …]` as it was.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    guard isTraining, probability > 0, !input.isPoisoned, !input.isMeta else { return input }
    var shape = [Int](repeating: 1, count: input.rank)
    if mode == .row { shape[0] = input.shape[0] }
    let kept = keptOnes(shape, like: input, probability)
    return input * (kept / Scalar(1 - probability))
  }

  /// The layer as code: `StochasticDepth(probability: 0.2, mode: .row)`.
  public var description: String {
    "StochasticDepth(probability: \(probability), mode: .\(mode.rawValue))"
  }
}
