/// Gathers predictions batch by batch, refusing what is no number.
///
/// ```swift
/// var outputs = RegressionAccumulator()
/// for batch in batches { try outputs.add(predictions: batch.p, targets: batch.y) }
/// outputs.summary.value(of: .spearmanCorrelation)
/// ```
///
/// Rank correlation needs every prediction, so memory grows with the samples: eight bytes for each.
public struct RegressionAccumulator: Sendable {
  /// How many numbers each sample has.
  public let outputs: Int
  private var predictions: [Float] = []
  private var targets: [Float] = []

  /// An accumulator of nothing yet.
  /// - Precondition: at least one output.
  public init(outputs: Int = 1) {
    guard outputs > 0 else {
      fatalError("RegressionAccumulator got \(outputs) outputs; it needs at least one.")
    }
    self.outputs = outputs
  }

  /// Adds a batch, `[samples, outputs]` row-major.
  /// - Throws: `MetricError` that names what is wrong and where; nothing is added then.
  public mutating func add(predictions: [Float], targets: [Float]) throws(MetricError) {
    try MetricError.checkCount(predictions.count, "predictions", targets.count)
    try MetricError.checkCount(targets.count, "targets", targets.count / outputs * outputs)
    try MetricError.checkFinite(predictions, "predictions")
    try MetricError.checkFinite(targets, "targets")
    self.predictions += predictions
    self.targets += targets
  }

  /// All metrics of what was added.
  public var summary: RegressionSummary {
    RegressionSummary(predictions: predictions, targets: targets, outputs: outputs)
  }
}
