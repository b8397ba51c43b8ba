import HoneMetrics
import Testing

struct RegressionAccumulatorTests {
  @Test("batches give the figures of the whole, exactly")
  func streaming() throws {
    let targets: [Float] = [1, 2, 3, 4, 5, 7]
    let predictions: [Float] = [1.5, 2, 2, 4.5, 5, 6]
    var accumulator = RegressionAccumulator(outputs: 2)
    try accumulator.add(predictions: Array(predictions[..<2]), targets: Array(targets[..<2]))
    try accumulator.add(predictions: Array(predictions[2...]), targets: Array(targets[2...]))
    let whole = RegressionSummary(predictions: predictions, targets: targets, outputs: 2)
    #expect(accumulator.summary.metrics == whole.metrics)
  }

  @Test("what is no number is refused by name")
  func refusals() {
    var accumulator = RegressionAccumulator()
    #expect(throws: MetricError.notFinite(name: "targets", index: 1)) {
      try accumulator.add(predictions: [1, 2], targets: [1, .nan])
    }
    #expect(throws: MetricError.lengths(name: "predictions", found: 1, expected: 2)) {
      try accumulator.add(predictions: [1], targets: [1, 2])
    }
    #expect(throws: MetricError.notFinite(name: "predictions", index: 0)) {
      try RegressionSummary(checking: [.infinity], targets: [1])
    }
  }

  @Test("a constant has no correlation")
  func constant() {
    let summary = RegressionSummary(predictions: [1, 1, 1], targets: [1, 2, 3])
    #expect(summary.value(of: .pearsonCorrelation) == nil)
    #expect(summary.value(of: .spearmanCorrelation) == nil)
  }
}
