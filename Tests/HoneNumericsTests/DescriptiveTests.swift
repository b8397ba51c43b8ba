import HoneNumerics
import Testing

struct DescriptiveTests {
  @Test("agrees with exact arithmetic and NumPy")
  func golden() throws {
    for sample in try Golden.load().descriptive {
      #expect(agree(sample.values.mean(), sample.mean, within: 1e-15))
      #expect(agree(sample.values.median(), sample.median, within: 1e-15))
      if let variance = sample.variance {
        // Deviations from a mean of 1e9 carry nine digits of it.
        #expect(agree(sample.values.variance(), variance, within: 1e-6))
        let error = (variance / Double(sample.values.count)).squareRoot()
        #expect(agree(sample.values.standardError(), error, within: 1e-6))
      }
      for quantile in sample.quantiles {
        let value = sample.values.quantile(quantile.fraction)
        #expect(agree(value, quantile.value, within: 1e-14))
      }
      #expect(
        agree(
          sample.values.medianAbsoluteDeviation(), sample.medianAbsoluteDeviation, within: 1e-12))
    }
  }

  @Test("cancellation loses nothing in sums")
  func compensated() {
    #expect([1e16, 1, -1e16].sum() == 1)
    #expect([1, 1e100, 1, -1e100].sum() == 2)
  }

  @Test("too few numbers have no figures")
  func tooFew() {
    let none: [Double] = []
    #expect(none.sum() == 0)
    #expect(none.mean().isNaN)
    #expect(none.median().isNaN)
    #expect([1.0].variance().isNaN)
    #expect([1.0].standardError().isNaN)
  }

  @Test("infinite and missing numbers show in the figures")
  func nonFinite() {
    #expect([1, .infinity].mean() == .infinity)
    #expect([1, .nan, 2].median().isNaN)
    #expect([.infinity, .infinity, 1].median() == .infinity)
    #expect([-.infinity, .infinity].quantile(0) == -.infinity)
  }
}
