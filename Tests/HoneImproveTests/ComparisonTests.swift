import HoneMetrics
import HoneNumerics
import HoneRecords
import Testing

@testable import HoneImprove

@Suite struct ComparisonTests {
  /// Arms of five seeds over 40 samples each, right with the given probability.
  private func arm(_ accuracy: Double, _ stream: inout RandomStream) -> Arm {
    let scores = (0..<5).map { _ in
      (0..<40).map { _ in stream.uniform() < accuracy ? 1.0 : 0.0 }
    }
    return Arm(
      scores: scores, samples: (0..<5).map { seed in (0..<40).map { seed * 40 + $0 } },
      metrics: scores.map { $0.mean() })
  }

  @Test("a clear gain is kept, a clear loss rejected")
  func clear() {
    var stream = RandomStream(seed: 1, "comparison")
    let (low, high) = (arm(0.6, &stream), arm(0.9, &stream))
    let gain = Comparison(
      control: low, changed: high, metric: .accuracy, level: 0.99, using: &stream)
    #expect(gain.decision == .kept && gain.delta > 0.2)
    let loss = Comparison(
      control: high, changed: low, metric: .accuracy, level: 0.99, using: &stream)
    #expect(loss.decision == .rejected)
  }

  @Test("arms of equal quality are kept in about one of twenty comparisons at most")
  func null() {
    var stream = RandomStream(seed: 2, "comparison")
    let kept = (0..<40).count { _ in
      let (first, second) = (arm(0.9, &stream), arm(0.9, &stream))
      return Comparison(
        control: first, changed: second, metric: .accuracy, level: 0.9, using: &stream
      ).decision == .kept
    }
    // One-sided 5 %: 2 expected of 40, 7 is beyond the 99.9 % point of the binomial.
    #expect(kept <= 7)
  }

  @Test("a diverged arm is rejected, not a trap")
  func diverged() {
    var stream = RandomStream(seed: 3, "comparison")
    var good = arm(0.9, &stream)
    good.scores = good.scores.map { $0.map { $0 - 1.5 } }
    var broken = good
    broken.scores = broken.scores.map { $0.map { _ in Double.nan } }
    broken.metrics = broken.metrics.map { _ in .nan }
    let comparison = Comparison(
      control: good, changed: broken, metric: .rootMeanSquaredError, level: 0.95, using: &stream)
    #expect(comparison.decision == .rejected && comparison.delta < 0)
  }
}
