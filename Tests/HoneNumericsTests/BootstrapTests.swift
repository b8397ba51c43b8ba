import HoneNumerics
import Testing

struct BootstrapTests {
  @Test("the error of resampled means is the standard error of the mean")
  func standardError() {
    var source = RandomStream(seed: 1, "scores")
    let scores = (0..<100).map { _ in source.normal() }
    var stream = RandomStream(seed: 2, "bootstrap")
    let estimate = Bootstrap.mean(of: scores, level: 0.95, resamples: 1000, using: &stream)
    #expect(agree(estimate.value, scores.mean(), within: 1e-12))
    let expected = 2 * 1.96 * scores.standardError()
    // The quantiles of 1000 resamples move a width by about 4 %.
    #expect(agree(estimate.upper - estimate.lower, expected, within: 0.15))
    #expect(estimate.lower < estimate.value && estimate.value < estimate.upper)
  }

  @Test("equal scores have an interval without width")
  func constant() {
    var stream = RandomStream(seed: 2, "bootstrap")
    let estimate = Bootstrap.mean(of: [1, 1, 1], resamples: 50, using: &stream)
    #expect(estimate == BootstrapEstimate.exactly(1))
  }

  @Test("figures that some resamples lack do not spoil the interval")
  func missing() {
    var stream = RandomStream(seed: 2, "bootstrap")
    let estimate = Bootstrap.estimate(count: 4, resamples: 200, using: &stream) { indices in
      indices.contains(0) ? Double(indices.count) : .nan
    }
    #expect(estimate == BootstrapEstimate.exactly(4))
  }

  @Test("the same stream gives the same interval")
  func repeats() {
    var first = RandomStream(seed: 2, "bootstrap")
    var second = first
    let scores: [Double] = [1, 2, 3, 5, 8]
    #expect(
      Bootstrap.mean(of: scores, resamples: 100, using: &first)
        == Bootstrap.mean(of: scores, resamples: 100, using: &second))
  }
}

extension BootstrapEstimate {
  fileprivate static func exactly(_ value: Double) -> BootstrapEstimate {
    var stream = RandomStream(seed: 0, "constant")
    return Bootstrap.estimate(count: 1, resamples: 1, using: &stream) { _ in value }
  }
}
