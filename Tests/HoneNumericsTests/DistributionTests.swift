import Testing

@testable import HoneNumerics

struct DistributionTests {
  @Test("the normal distribution agrees with SciPy, far tails included")
  func normal() throws {
    for point in try Golden.load().distributions.normal {
      if let x = point.x, let expected = point.cumulative {
        // erfc's argument x/sqrt(2) is rounded: a relative error of x^2 roundings, 3e-13 at -37,
        // in SciPy's figure as in ours.
        #expect(agree(NormalDistribution.cumulative(x), expected, within: 6e-13))
      }
      if let p = point.p, let expected = point.quantile {
        let value = NormalDistribution.quantile(p)
        #expect(agree(value, expected, within: 1e-13) || abs(value - expected) < 1e-15)
      }
    }
  }

  @Test("Student's distribution agrees with SciPy, also at fractional degrees of freedom")
  func student() throws {
    for point in try Golden.load().distributions.student {
      let distribution = StudentDistribution(degreesOfFreedom: try #require(point.df))
      if let x = point.x, let expected = point.cumulative {
        #expect(agree(distribution.cumulative(x), expected, within: 2e-11), "\(point)")
      }
      if let p = point.p, let expected = point.quantile {
        let value = distribution.quantile(p)
        #expect(
          agree(value, expected, within: 1e-10) || abs(value - expected) < 1e-14, "\(point)")
      }
    }
  }

  @Test("Student's distribution of infinite degrees of freedom is the normal one")
  func infiniteDegrees() {
    let distribution = StudentDistribution(degreesOfFreedom: .infinity)
    #expect(distribution.quantile(0.975) == NormalDistribution.quantile(0.975))
    #expect(distribution.cumulative(-3) == NormalDistribution.cumulative(-3))
  }

  @Test("the chi-square distribution agrees with SciPy in both tails")
  func chiSquare() throws {
    for point in try Golden.load().distributions.chiSquare {
      let distribution = ChiSquareDistribution(degreesOfFreedom: try #require(point.df))
      if let x = point.x, let lower = point.cumulative, let upper = point.upperTail {
        // Relative errors of the gamma function's logarithm grow with the degrees of freedom.
        #expect(agree(distribution.cumulative(x), lower, within: 1e-11), "\(point)")
        #expect(
          agree(distribution.upperTail(x), upper, within: 1e-11), "\(point)")
      }
      if let p = point.p, let expected = point.quantile {
        #expect(agree(distribution.quantile(p), expected, within: 1e-11), "\(point)")
      }
    }
  }

  @Test("the binomial distribution agrees with SciPy")
  func binomial() throws {
    for point in try Golden.load().distributions.binomial {
      let value = BinomialDistribution(trials: point.trials, probability: point.p)
        .cumulative(point.successes)
      #expect(agree(value, point.cumulative, within: 1e-11), "\(point)")
    }
  }

  @Test("the gamma function's logarithm agrees with SciPy")
  func logGamma() throws {
    for point in try Golden.load().distributions.logGamma {
      let value = SpecialFunctions.logGamma(point.x)
      #expect(
        agree(value, point.value, within: 1e-14) || abs(value - point.value) < 1e-14, "\(point)")
    }
  }

  @Test("the ends of probability are the ends of the range")
  func ends() {
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
    #expect(StudentDistribution(degreesOfFreedom: 3).quantile(1) == .infinity)
    #expect(ChiSquareDistribution(degreesOfFreedom: 3).quantile(1) == .infinity)
    #expect(ChiSquareDistribution(degreesOfFreedom: 3).quantile(0) < 1e-300)
  }
}
