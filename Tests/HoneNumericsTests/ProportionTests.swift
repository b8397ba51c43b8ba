import HoneNumerics
import Testing

struct ProportionTests {
  @Test("Wilson's interval agrees with SciPy, at no and at all successes too")
  func wilson() throws {
    for proportion in try Golden.load().proportions {
      let interval = wilsonInterval(
        successes: proportion.successes, trials: proportion.trials, level: proportion.level)
      #expect(abs(interval.lower - proportion.lower) < 1e-14)
      #expect(abs(interval.upper - proportion.upper) < 1e-14)
    }
  }

  @Test("no trials say nothing")
  func noTrials() {
    let interval = wilsonInterval(successes: 0, trials: 0)
    #expect(interval.lower == 0)
    #expect(interval.upper == 1)
  }

  @Test("McNemar's exact test agrees with SciPy's binomial test")
  func mcNemar() throws {
    for pair in try Golden.load().comparisons.mcNemar {
      let pValue = mcNemarTest(onlyFirst: pair.onlyFirst, onlySecond: pair.onlySecond)
      #expect(agree(pValue, pair.pValue, within: 1e-12))
    }
  }

  @Test("Holm's correction agrees with its definition")
  func holm() throws {
    for sample in try Golden.load().comparisons.holm {
      for (value, expected) in zip(MultipleComparisons.holm(sample.values), sample.adjusted) {
        #expect(agree(value, expected, within: 1e-15))
      }
    }
    #expect(MultipleComparisons.holm([]).isEmpty)
  }

  @Test("Bonferroni multiplies and stops at one")
  func bonferroni() {
    #expect(MultipleComparisons.bonferroni([0.125, 0.5, 0.25]) == [0.375, 1, 0.75])
    #expect(abs(MultipleComparisons.level(0.95, of: 5) - 0.99) < 1e-15)
    #expect(MultipleComparisons.level(0.95, of: 0) == 0.95)
  }
}
