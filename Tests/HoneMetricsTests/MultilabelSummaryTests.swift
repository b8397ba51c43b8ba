import HoneMetrics
import Testing

struct MultilabelSummaryTests {
  @Test("agrees with scikit-learn, labels that none or all have included")
  func golden() throws {
    for sample in try Golden.load().multilabel {
      let summary = MultilabelSummary(
        probabilities: sample.probabilities, labels: sample.labels, classes: sample.classes)
      try expectAgreement(sample.metrics) { summary.value(of: $0) }
    }
  }

  @Test("the threshold decides what is given")
  func threshold() {
    let labels = [true, false, true, false]
    let strict = MultilabelSummary(
      probabilities: [0.6, 0.2, 0.6, 0.2], labels: labels, classes: 2, threshold: 0.7)
    #expect(strict.scores == [0, 0])
    #expect(strict.perClass[0].predicted == 0)
    let mild = MultilabelSummary(
      probabilities: [0.6, 0.2, 0.6, 0.2], labels: labels, classes: 2, threshold: 0.5)
    #expect(mild.subsetAccuracy == 1)
  }
}
