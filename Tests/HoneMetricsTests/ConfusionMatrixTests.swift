import HoneMetrics
import HoneNumerics
import Testing

struct ConfusionMatrixTests {
  @Test("batches and merged parts give the counts of the whole")
  func streaming() throws {
    var stream = RandomStream(seed: 4, "classes")
    let labels = (0..<100).map { _ in stream.index(below: 3) }
    let predictions = (0..<100).map { _ in stream.index(below: 3) }
    var whole = ConfusionMatrix(classes: 3)
    try whole.add(labels: labels, predictions: predictions)
    var first = ConfusionMatrix(classes: 3)
    var second = ConfusionMatrix(classes: 3)
    try first.add(labels: Array(labels[..<7]), predictions: Array(predictions[..<7]))
    try second.add(labels: Array(labels[7...]), predictions: Array(predictions[7...]))
    first.merge(second)
    #expect(first == whole)
    #expect(whole.samples == 100)
  }

  @Test("a class out of range is refused by name and nothing is counted")
  func outOfRange() {
    var matrix = ConfusionMatrix(classes: 2)
    #expect(
      throws: MetricError.classOutOfRange(name: "predictions", index: 1, found: 2, classes: 2)
    ) { try matrix.add(labels: [0, 1], predictions: [0, 2]) }
    #expect(throws: MetricError.lengths(name: "predictions", found: 1, expected: 2)) {
      try matrix.add(labels: [0, 1], predictions: [0])
    }
    #expect(matrix.samples == 0)
  }

  @Test("the four counts of a class add up to all samples")
  func fourCounts() {
    let matrix = ConfusionMatrix(counts: [[5, 1, 0], [2, 3, 4], [0, 1, 6]])
    for result in matrix.perClass {
      let sum =
        result.correct + result.falsePositives + result.falseNegatives + result.trueNegatives
      #expect(sum == matrix.samples)
    }
    #expect(matrix.perClass[0].specificity == 14.0 / 16)
  }

  @Test("with one class there is no agreement beyond chance to speak of")
  func oneClass() {
    #expect(ConfusionMatrix(counts: [[4, 0], [0, 0]]).cohenKappa() == nil)
    #expect(ConfusionMatrix(counts: [[4, 0], [0, 4]]).cohenKappa() == 1)
    #expect(ConfusionMatrix(counts: [[2, 2], [2, 2]]).cohenKappa(.quadratic) == 0)
  }
}
