public import HoneTensor

/// Passes its input on and collects a penalty on its size: `(l1 · Σ|a| + l2 · Σa²) / batch`, as Keras'
/// activity regularisation.
///
/// Put it behind the layer whose activations are to stay small or sparse. It collects in training mode
/// where gradients are recorded, over as many passes as there are, until the training step takes the
/// sum, with `takePenalty()`, and adds it to the loss. Because the sum is divided by the batch's size,
/// accumulated batches give the penalty of the whole.
public final class ActivityRegularization: Layer, ModeDependent, CustomStringConvertible {
  /// The strength of the sum of absolute activations.
  public let l1: Double
  /// The strength of the sum of squared activations (not of half of it).
  public let l2: Double
  /// Whether a penalty is collected.
  public var isTraining = true
  private let collected = PenaltyBox()

  /// A penalty of the given strengths.
  /// - Precondition: neither is negative.
  public init(l1: Double = 0, l2: Double = 0) {
    guard l1 >= 0, l2 >= 0, l1.isFinite, l2.isFinite else {
      fatalError(
        "ActivityRegularization got l1: \(l1) and l2: \(l2); they must be finite and not negative.")
    }
    self.l1 = l1
    self.l2 = l2
  }

  /// The input itself.
  /// - Parameter input: `[batch, …]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    guard isTraining, isRecordingGradients, !input.isPoisoned, !input.isMeta else { return input }
    let isHalf = input.dtype == .float16 || input.dtype == .bfloat16
    let activations = isHalf ? input.cast(to: .float32) : input
    let samples = Double(max(1, input.shape.first ?? 1))
    if l1 > 0 { collected.add(activations.absolute().sum() * Scalar(l1 / samples)) }
    if l2 > 0 { collected.add(activations.squared().sum() * Scalar(l2 / samples)) }
    return input
  }

  /// The penalty of the passes since the last call, a scalar that can be differentiated; nil where there
  /// was none.
  public func takePenalty() -> Tensor? { collected.take() }

  /// The layer as code: `ActivityRegularization(l1: 0.0, l2: 0.01)`.
  public var description: String { "ActivityRegularization(l1: \(l1), l2: \(l2))" }
}

/// Holds what was collected out of sight of a module's walk: it is no state of the model.
private final class PenaltyBox {
  private var sum: Tensor?

  func add(_ term: Tensor) { sum = sum.map { $0 + term } ?? term }

  func take() -> Tensor? {
    defer { sum = nil }
    return sum
  }
}
