import HoneNumerics
import Testing

struct PairedGainTests {
  private func estimate(
    _ differences: [[Double]], samples: [[Int]]? = nil, level: Double = 0.95,
    resamples: Int = 400, seed: UInt64 = 1
  ) -> GainEstimate {
    var stream = RandomStream(seed: seed, "gain")
    return pairedGain(
      baseline: differences.map { $0.map { _ in 0 } }, changed: differences, samples: samples,
      level: level, resamples: resamples, using: &stream)
  }

  @Test("agrees with a bootstrap that NumPy drew")
  func golden() throws {
    for gain in try Golden.load().gains {
      var stream = RandomStream(seed: 4, "gain")
      let estimate = pairedGain(
        baseline: gain.baseline, changed: gain.changed, resamples: 2000, using: &stream)
      #expect(agree(estimate.mean, gain.mean, within: 1e-12))
      // The standard error of 2000 resamples is itself uncertain by 1/sqrt(4000): four of them.
      #expect(agree(estimate.standardError, gain.standardError, within: 0.064))
      let degrees = estimate.degreesOfFreedom
      let tail = StudentDistribution(degreesOfFreedom: degrees).quantile(0.025)
      let stretch = tail / -1.959964 * -((degrees + 1) / degrees).squareRoot()
      let lower = gain.mean - (gain.mean - gain.percentiles[0]) * abs(stretch)
      let upper = gain.mean + (gain.percentiles[1] - gain.mean) * abs(stretch)
      // A 2.5 % quantile of 2000 resamples is uncertain by about 0.06 standard errors: four.
      let tolerance = 0.25 * gain.standardError * abs(stretch)
      #expect(abs(estimate.lower - lower) < tolerance)
      #expect(abs(estimate.upper - upper) < tolerance)
    }
  }

  @Test("degrees of freedom run from those of seeds to those of samples")
  func degreesOfFreedom() {
    let bySeeds = estimate([[0.1, 0.1, 0.1], [0.3, 0.3, 0.3], [0.2, 0.2, 0.2]])
    #expect(agree(bySeeds.degreesOfFreedom, 2, within: 1e-9))
    let bySamples = estimate([[0.1, 0.5, 0.3, 0.7], [0.1, 0.5, 0.3, 0.7]])
    #expect(agree(bySamples.degreesOfFreedom, 3, within: 1e-9))
    #expect(estimate([[1, 1], [1, 1]]).degreesOfFreedom == .infinity)
  }

  @Test("a gain without variation is certain")
  func certain() {
    let gain = estimate([[0.25, 0.25], [0.25, 0.25]])
    #expect(gain.lower == 0.25)
    #expect(gain.upper == 0.25)
    #expect(gain.pValue == 0)
    #expect(estimate([[0, 0], [0, 0]]).pValue == 1)
  }

  @Test("the interval widens with the level and narrows with more seeds")
  func width() {
    var source = RandomStream(seed: 3, "differences")
    let rows = (0..<12).map { _ -> [Double] in
      let shift = 0.1 * source.normal()
      return (0..<20).map { _ in shift + 0.02 * source.normal() }
    }
    func width(_ gain: GainEstimate) -> Double { gain.upper - gain.lower }
    #expect(width(estimate(rows, level: 0.99)) > width(estimate(rows, level: 0.9)))
    #expect(width(estimate(Array(rows.prefix(3)))) > 1.5 * width(estimate(rows)))
  }

  @Test("shared samples do not average out over seeds, distinct ones do")
  func sharedSamples() {
    var source = RandomStream(seed: 3, "differences")
    let row = (0..<40).map { _ in source.normal() }
    let rows = Array(repeating: row, count: 4)
    let shared = estimate(rows)
    let distinct = estimate(
      rows, samples: (0..<4).map { seed in row.indices.map { seed * 40 + $0 } })
    // Four times the samples make half the error, less what repeated seeds in a resample take back.
    #expect(shared.standardError > 1.4 * distinct.standardError)
  }

  @Test("identities decide, not their order or numbering")
  func identities() {
    let rows = [[0.1, 0.4, 0.2], [0.3, 0.0, 0.5]]
    #expect(estimate(rows) == estimate(rows, samples: [[90, 7, 3], [90, 7, 3]]))
  }

  @Test("seeds may cover different numbers of samples")
  func ragged() {
    let gain = estimate([[0.1, 0.2, 0.3], [0.4, 0.6]])
    #expect(abs(gain.mean - 0.35) < 1e-15)
    #expect(gain.lower < gain.mean && gain.mean < gain.upper)
    #expect(gain.lower.isFinite && gain.upper.isFinite)
  }

  @Test("many seeds of one sample each come to an end")
  func singleSamples() {
    let rows = (0..<40).map { [Double($0)] }
    let gain = estimate(rows, samples: (0..<40).map { [$0] }, resamples: 50)
    #expect(gain.lower < 19.5 && gain.upper > 19.5)
  }

  @Test("an infinite score shows in the gain and comes to an end")
  func infinite() {
    let gain = estimate([[0.1, .infinity], [0.2, 0.3]], resamples: 50)
    #expect(gain.mean == .infinity)
    #expect(gain.pValue.isNaN)
  }

  @Test("a score that is no number leaves no interval")
  func notANumber() {
    let gain = estimate([[0.1, .nan], [0.2, 0.3]])
    #expect(gain.mean.isNaN)
    #expect(gain.lower.isNaN)
    #expect(gain.pValue.isNaN)
  }

  @Test("covers the truth at its level in simulation", arguments: [(0.0, 0.3), (0.1, 0.05)])
  func coverage(seedScale: Double, sampleScale: Double) {
    var source = RandomStream(seed: 8, "simulation")
    var covered = 0
    let runs = 60
    for run in 0..<runs {
      let shared = (0..<20).map { _ in sampleScale * source.normal() }
      let rows = (0..<4).map { _ -> [Double] in
        let shift = seedScale * source.normal()
        return shared.map { $0 + shift + 0.05 * source.normal() }
      }
      let gain = estimate(rows, resamples: 150, seed: UInt64(run))
      if gain.lower <= 0, gain.upper >= 0 { covered += 1 }
    }
    // 57 expected at 0.95; fewer than 49 has probability 0.001 at a true coverage of 0.92.
    #expect(covered >= 49)
  }
}
