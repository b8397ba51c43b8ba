import HoneMetrics
import HoneNumerics
import Testing

struct IntervalTests {
  private func summary(samples: Int, seed: UInt64) -> ClassificationSummary {
    var stream = RandomStream(seed: seed, "outputs")
    let labels = (0..<samples).map { _ in stream.index(below: 3) }
    var logits = (0..<(samples * 3)).map { _ in Float(stream.normal()) }
    for (sample, label) in labels.enumerated() { logits[sample * 3 + label] += 1 }
    return ClassificationSummary(logits: logits, labels: labels, classes: 3)
  }

  @Test("every metric's interval holds its value and narrows with more samples")
  func narrows() throws {
    let (few, many) = (summary(samples: 60, seed: 1), summary(samples: 240, seed: 1))
    for metric: MetricName in [.accuracy, .f1Macro, .rocAUC, .averagePrecision, .logLoss] {
      var stream = RandomStream(seed: 2, "interval")
      let wide = try #require(few.interval(of: metric, resamples: 60, using: &stream))
      let narrow = try #require(many.interval(of: metric, resamples: 60, using: &stream))
      #expect(wide.lower < wide.value && wide.value < wide.upper)
      #expect(narrow.upper - narrow.lower < wide.upper - wide.lower)
      #expect(wide.value == few.value(of: metric))
    }
  }

  @Test("a resample's figure is that of the samples it repeats")
  func resample() throws {
    // With one sample every resample is the sample itself.
    let one = ClassificationSummary(probabilities: [0.2, 0.5, 0.3], labels: [1], classes: 3)
    for metric: MetricName in [.accuracy, .logLoss, .brierScore, .calibrationError, .f1Macro] {
      var stream = RandomStream(seed: 1, "interval")
      let estimate = try #require(one.interval(of: metric, resamples: 20, using: &stream))
      #expect(estimate.lower == estimate.value && estimate.upper == estimate.value)
    }
  }

  @Test("what has no value has no interval")
  func meaningless() {
    var stream = RandomStream(seed: 1, "interval")
    let summary = summary(samples: 20, seed: 5)
    #expect(summary.interval(of: .r2, using: &stream) == nil)
    #expect(summary.interval(of: .topFiveAccuracy, using: &stream) == nil)
  }

  @Test("intervals of regression metrics hold their value")
  func regression() throws {
    var stream = RandomStream(seed: 7, "numbers")
    let targets = (0..<80).map { _ in Float(stream.normal()) }
    let predictions = targets.map { $0 + Float(stream.normal()) / 2 }
    let summary = RegressionSummary(predictions: predictions, targets: targets)
    for metric: MetricName in [.rootMeanSquaredError, .r2, .spearmanCorrelation] {
      let estimate = try #require(summary.interval(of: metric, resamples: 60, using: &stream))
      #expect(estimate.lower < estimate.value && estimate.value < estimate.upper)
    }
  }
}
