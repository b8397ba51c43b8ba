import HoneMetrics
import HoneNumerics
import Testing

struct ClassificationAccumulatorTests {
  @Test("batches give the figures of the whole, exactly")
  func streaming() throws {
    var stream = RandomStream(seed: 9, "outputs")
    let logits = (0..<150).map { _ in Float(stream.normal()) }
    let labels = (0..<50).map { _ in stream.index(below: 3) }
    var accumulator = ClassificationAccumulator(classes: 3)
    for start in stride(from: 0, to: 50, by: 16) {
      let end = min(start + 16, 50)
      try accumulator.add(
        logits: Array(logits[(start * 3)..<(end * 3)]), labels: Array(labels[start..<end]))
    }
    let whole = ClassificationSummary(logits: logits, labels: labels, classes: 3)
    #expect(accumulator.summary.metrics == whole.metrics)
  }

  @Test("what is no number, no probability or no class is refused by name")
  func refusals() {
    var outputs = ClassificationAccumulator(classes: 2)
    #expect(throws: MetricError.notFinite(name: "probabilities", index: 1)) {
      try outputs.add(probabilities: [0.5, .nan], labels: [0])
    }
    #expect(throws: MetricError.notFinite(name: "logits", index: 0)) {
      try outputs.add(logits: [.infinity, 1], labels: [0])
    }
    #expect(throws: MetricError.notAProbability(name: "probabilities", index: 0, value: 1.5)) {
      try outputs.add(probabilities: [1.5, 0], labels: [0])
    }
    #expect(throws: MetricError.classOutOfRange(name: "labels", index: 0, found: -1, classes: 2)) {
      try outputs.add(probabilities: [0.5, 0.5], labels: [-1])
    }
    #expect(throws: MetricError.lengths(name: "probabilities", found: 2, expected: 4)) {
      try outputs.add(probabilities: [0.5, 0.5], labels: [0, 1])
    }
    #expect(outputs.summary.samples == 0)
  }
}
