import HoneMetrics
import Testing

struct RegressionSummaryTests {
  @Test("agrees with scikit-learn, constant targets and several outputs included")
  func golden() throws {
    for sample in try Golden.load().regression {
      let summary = RegressionSummary(
        predictions: sample.predictions, targets: sample.targets, outputs: sample.outputs)
      try expectAgreement(sample.metrics) { summary.value(of: $0) }
    }
  }

  @Test("one sample explains no variance")
  func oneSample() {
    let summary = RegressionSummary(predictions: [1], targets: [3])
    #expect(summary.r2.isNaN)
    #expect(summary.meanAbsoluteError == 2)
    #expect(summary.squaredErrors == [4])
  }
}
