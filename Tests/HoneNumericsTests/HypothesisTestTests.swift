import Foundation
import Testing

@testable import HoneNumerics

@Suite struct HypothesisTestTests {
  private struct Reference: Decodable {
    struct Samples: Decodable { let first, second: [Double], statistic, pValue: Double }
    struct Point: Decodable { let x, p: Double }
    struct Table: Decodable {
      let table: [[Int]]
      let statistic, pValue, cramersV: Double
      let degrees: Int
    }
    struct Folds: Decodable {
      let values: [Double]
      let folds: Int
      let mean, deviation, lower, upper: Double
    }
    let kolmogorovSmirnov: [Samples]
    let limitingTail: [Point]
    let contingency: [Table]
    let folds: [Folds]
  }

  private let reference: Reference

  init() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/tests.json")
    reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
  }

  private func isClose(_ value: Double, _ expected: Double, _ tolerance: Double = 1e-11) -> Bool {
    abs(value - expected) <= tolerance * max(1, abs(expected))
  }

  @Test("agrees with SciPy's exact test of Kolmogorov and Smirnov")
  func agreesOnSamples() {
    for sample in reference.kolmogorovSmirnov {
      let test = KolmogorovSmirnovTest(sample.first, sample.second)
      #expect(isClose(test.statistic, sample.statistic))
      #expect(isClose(test.pValue, sample.pValue))
    }
  }

  @Test("agrees with SciPy's limiting distribution")
  func agreesInTheLimit() {
    for point in reference.limitingTail {
      #expect(isClose(KolmogorovSmirnovTest.limitingTail(point.x), point.p))
    }
  }

  @Test("goes over from the exact to the limiting distribution without a jump")
  func isContinuous() {
    let first = (0..<2_000).map { Double($0) }
    let second = (0..<2_000).map { Double($0) + 60.5 }
    let exact = KolmogorovSmirnovTest(first, second)
    let limiting = KolmogorovSmirnovTest(first + [2_000], second)
    // The limiting distribution of some thousand samples is right to a few in a hundred.
    #expect(abs(exact.pValue - limiting.pValue) < 0.05 * exact.pValue)
  }

  @Test("agrees with SciPy's test of contingency tables")
  func agreesOnTables() {
    for table in reference.contingency {
      let test = ContingencyTest(table.table)
      #expect(isClose(test.statistic, table.statistic))
      #expect(test.degreesOfFreedom == table.degrees)
      #expect(isClose(test.pValue, table.pValue))
      #expect(isClose(test.cramersV, table.cramersV))
    }
    #expect(ContingencyTest([[4, 0], [6, 0]]).pValue == 1)
  }

  @Test("widens the interval of folds by what their training splits share")
  func widensFolds() {
    for fold in reference.folds {
      let estimate = CrossValidationEstimate(fold.values, folds: fold.folds)
      #expect(isClose(estimate.mean, fold.mean))
      #expect(isClose(estimate.standardDeviation, fold.deviation))
      #expect(isClose(estimate.lower, fold.lower))
      #expect(isClose(estimate.upper, fold.upper))
    }
  }

  @Test("the size that is needed shows the difference with the power that was asked for")
  func sizesHavePower() {
    // Simulated: two classifiers that disagree on a tenth of the samples, one better by 0.04.
    let size = SampleSize.pairedProportions(difference: 0.04, disagreement: 0.1)
    var stream = RandomStream(seed: 1, "power")
    let seen = (0..<500).count { _ in
      var counts = [0, 0]
      for _ in 0..<size where stream.uniform() < 0.1 {
        counts[stream.uniform() < 0.7 ? 0 : 1] += 1
      }
      return mcNemarTest(onlyFirst: counts[0], onlySecond: counts[1]) < 0.05
    }
    // The exact test is a little weaker than the normal approximation that the size is from.
    #expect((0.72...0.86).contains(Double(seen) / 500))
    #expect(SampleSize.proportion(0.9, halfWidth: 0.06) == 97)
    #expect(
      SampleSize.pairedProportions(difference: 0.01, disagreement: 0.1)
        > SampleSize.pairedProportions(difference: 0.02, disagreement: 0.1) * 3)
  }
}
