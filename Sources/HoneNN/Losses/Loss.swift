/// What training makes small, as a value.
///
/// Called with a model's output and the target it gives the batch's mean, a scalar to call
/// `backward()` on; `perSample(_:_:)` gives one number for each sample. Outputs in half precision are
/// raised to `float32` first.
public struct Loss: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case crossEntropy(labelSmoothing: Double, classWeights: [Double]?)
    case binaryCrossEntropyWithLogits
    case meanSquaredError
    case meanAbsoluteError
    case huber(delta: Double)
  }

  /// The name, as configurations spell it: `crossEntropy`.
  public let name: String
  let kind: Kind

  /// The cross-entropy of one label per sample, from logits `[batch, classes, …]`.
  ///
  /// Targets are class indices `[batch, …]`, whole numbers, or probabilities of the output's shape.
  /// With weights the mean over indices is the weighted one, Σ w loss / Σ w, as in PyTorch.
  /// - Parameters:
  ///   - labelSmoothing: the share of each target spread evenly over all classes (Szegedy et al.
  ///     2016).
  ///   - classWeights: one weight for each class.
  /// - Precondition: `labelSmoothing` is at least 0 and less than 1; weights are not negative.
  public static func crossEntropy(
    labelSmoothing: Double = 0, classWeights: [Double]? = nil
  ) -> Loss {
    requireFraction(labelSmoothing, "labelSmoothing", of: "Loss.crossEntropy")
    guard classWeights?.allSatisfy({ $0 >= 0 && $0.isFinite }) ?? true else {
      fatalError("Loss.crossEntropy got classWeights: \(classWeights ?? []); none may be negative.")
    }
    return Loss(
      name: "crossEntropy",
      kind: .crossEntropy(labelSmoothing: labelSmoothing, classWeights: classWeights))
  }

  /// The cross-entropy of yes-or-no labels, from logits of any shape `[batch, …]` and targets between
  /// 0 and 1 of that shape.
  public static let binaryCrossEntropyWithLogits = Loss(
    name: "binaryCrossEntropyWithLogits", kind: .binaryCrossEntropyWithLogits)

  /// The mean of squared differences; output and target of one shape.
  public static let meanSquaredError = Loss(name: "meanSquaredError", kind: .meanSquaredError)

  /// The mean of absolute differences; output and target of one shape.
  public static let meanAbsoluteError = Loss(name: "meanAbsoluteError", kind: .meanAbsoluteError)

  /// Half of the squared difference up to `delta`, linear beyond (Huber 1964); output and target of
  /// one shape.
  /// - Precondition: `delta` is positive.
  public static func huber(delta: Double = 1) -> Loss {
    guard delta > 0 else { fatalError("Loss.huber got delta: \(delta); it must be positive.") }
    return Loss(name: "huber", kind: .huber(delta: delta))
  }
}
