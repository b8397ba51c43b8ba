/// Gathers a classifier's outputs batch by batch, refusing what is no number.
///
/// ```swift
/// var outputs = ClassificationAccumulator(classes: 10)
/// for batch in batches { try outputs.add(probabilities: batch.p, labels: batch.y) }
/// outputs.summary.value(of: .f1Macro)
/// ```
///
/// Ranks and areas need every output, so memory grows with the samples: four bytes for each output.
/// A ``ConfusionMatrix`` alone takes constant memory.
public struct ClassificationAccumulator: Sendable {
  /// How many classes there are.
  public let classes: Int
  private var probabilities: [Float] = []
  private var labels: [Int] = []

  /// An accumulator of nothing yet.
  /// - Precondition: at least one class.
  public init(classes: Int) {
    guard classes > 0 else {
      fatalError("ClassificationAccumulator got \(classes) classes; it needs at least one.")
    }
    self.classes = classes
  }

  /// Adds a batch of probabilities, `[samples, classes]` row-major.
  /// - Throws: `MetricError` that names what is wrong and where; nothing is added then.
  public mutating func add(probabilities: [Float], labels: [Int]) throws(MetricError) {
    try MetricError.checkCount(probabilities.count, "probabilities", labels.count * classes)
    try MetricError.checkClasses(labels, "labels", classes: classes)
    try MetricError.checkProbabilities(probabilities, "probabilities")
    self.probabilities += probabilities
    self.labels += labels
  }

  /// Adds a batch of outputs before the softmax, `[samples, classes]` row-major.
  /// - Throws: as for probabilities.
  public mutating func add(logits: [Float], labels: [Int]) throws(MetricError) {
    try MetricError.checkFinite(logits, "logits")
    try MetricError.checkCount(logits.count, "logits", labels.count * classes)
    try add(probabilities: softmax(logits, classes: classes), labels: labels)
  }

  /// All metrics of what was added.
  public var summary: ClassificationSummary {
    ClassificationSummary(probabilities: probabilities, labels: labels, classes: classes)
  }
}
