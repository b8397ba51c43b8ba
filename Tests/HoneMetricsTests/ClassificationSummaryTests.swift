import Foundation
import HoneMetrics
import Testing

struct ClassificationSummaryTests {
  @Test("agrees with scikit-learn, absent classes, single classes and ties included")
  func golden() throws {
    for sample in try Golden.load().classification {
      let summary = ClassificationSummary(
        probabilities: sample.probabilities, labels: sample.labels, classes: sample.classes)
      #expect(summary.confusion == sample.confusion)
      let matrix = summary.confusionMatrix
      for (weights, expected) in [
        (ConfusionMatrix.KappaWeights.linear, sample.kappaLinear),
        (.quadratic, sample.kappaQuadratic),
      ] {
        let kappa = matrix.cohenKappa(weights)
        if let expected { #expect(abs((kappa ?? .nan) - expected) < 1e-12) }
      }
      try expectAgreement(sample.metrics) { summary.value(of: $0) }
    }
  }

  @Test("figures without a meaning have no value")
  func meaningless() {
    let one = ClassificationSummary(probabilities: [1, 0, 1, 0], labels: [0, 0], classes: 2)
    #expect(one.rocAUC == nil)
    #expect(one.value(of: .topFiveAccuracy) == nil)
    #expect(one.value(of: .r2) == nil)
    #expect(one.metrics["rocAUC"] == nil)
    #expect(one.metrics["accuracy"] == 1)
  }

  @Test("logits give what their softmax gives")
  func logits() {
    let logits: [Float] = [2, 1, 0, -1, 0.5, 3, 100, 0, -100]
    let labels = [0, 2, 1]
    let fromLogits = ClassificationSummary(logits: logits, labels: labels, classes: 3)
    let fromProbabilities = ClassificationSummary(
      probabilities: softmax(logits, classes: 3), labels: labels, classes: 3)
    #expect(fromLogits.losses == fromProbabilities.losses)
    #expect(fromLogits.predictions == [0, 2, 0])
    #expect(fromLogits.scores == [1, 1, 0])
    #expect(fromLogits.topAccuracy(2) == 1)
  }

  @Test("the softmax neither overflows nor underflows to no numbers")
  func softmaxRange() {
    let extreme = softmax([1000, 999, -1000, -1001], classes: 2)
    #expect(abs(extreme[0] - Float(1 / (1 + exp(-1.0)))) < 1e-7)
    #expect(extreme[2] == extreme[0])
  }

  @Test("a sure mistake costs a finite loss")
  func sureMistake() {
    let summary = ClassificationSummary(probabilities: [1, 0], labels: [1], classes: 2)
    #expect(abs(summary.logLoss + log(Double.ulpOfOne)) < 1e-12)
  }

  @Test("a diverged model is wrong without stopping the program")
  func notANumber() {
    let summary = ClassificationSummary(
      probabilities: [.nan, .nan, .nan, .nan], labels: [1, 0], classes: 2)
    #expect(summary.logLoss.isNaN)
    #expect(summary.calibration.error.isNaN)
    #expect(summary.brierScore.isNaN)
    #expect(summary.rocAUC == nil)
    #expect(summary.topAccuracy(2) == 0)
  }

  @Test("no samples give no figures")
  func empty() {
    let summary = ClassificationSummary(probabilities: [], labels: [], classes: 3)
    #expect(summary.samples == 0)
    #expect(summary.accuracy.isNaN)
    #expect(summary.confusionMatrix.matthewsCorrelation == 0)
  }

  @Test("a label outside the classes stops the program with a sentence")
  func wrongLabel() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = ClassificationSummary(probabilities: [1, 0], labels: [2], classes: 2)
    }
    let message = result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) }
    #expect(message?.contains("got the label 2, which is not in 0..<2") == true)
  }
}
