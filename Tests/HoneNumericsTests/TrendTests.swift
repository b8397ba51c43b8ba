import HoneNumerics
import Testing

struct TrendTests {
  @Test("Theil and Sen's line agrees with SciPy, with ties and outliers")
  func theilSen() throws {
    for trend in try Golden.load().trends {
      let line = TheilSenTrend(x: trend.x, y: trend.y, level: trend.level)
      #expect(agree(line.slope, trend.slope, within: 1e-12))
      #expect(
        agree(line.intercept, trend.intercept, within: 1e-12)
          || abs(line.intercept - trend.intercept) < 1e-12)
      #expect(agree(line.lower, trend.lower, within: 1e-12))
      #expect(agree(line.upper, trend.upper, within: 1e-12))
    }
  }

  @Test("least squares agree with SciPy")
  func leastSquares() throws {
    for trend in try Golden.load().trends {
      guard let expected = trend.line else { continue }
      let line = LinearTrend(x: trend.x, y: trend.y)
      #expect(agree(line.slope, expected.slope, within: 1e-11))
      #expect(agree(line.intercept, expected.intercept, within: 1e-11))
      #expect(agree(line.slopeError, expected.slopeError, within: 1e-11))
      #expect(agree(line.pValue, expected.pValue, within: 1e-9))
    }
  }

  @Test("points without a spread in x have no line")
  func degenerate() {
    #expect(LinearTrend([]).slope.isNaN)
    #expect(LinearTrend([1]).slope.isNaN)
    #expect(LinearTrend(x: [2, 2, 2], y: [1, 2, 3]).slope.isNaN)
    #expect(TheilSenTrend([1]).slope.isNaN)
    #expect(TheilSenTrend(x: [2, 2], y: [1, 2]).lower.isNaN)
    #expect(TheilSenTrend([1, .nan, 3]).slope.isNaN)
  }

  @Test("two points make a line without an error")
  func twoPoints() {
    let line = LinearTrend([1, 3])
    #expect(line.slope == 2)
    #expect(line.intercept == 1)
    #expect(line.slopeError.isNaN)
    #expect(line.pValue.isNaN)
  }

  @Test("smoothing keeps a constant, skips what is not finite and weighs the start right")
  func smoothing() {
    #expect(
      [2.0, 2, 2].exponentiallySmoothed(weight: 0.9).allSatisfy { abs($0 - 2) < 1e-15 })
    #expect([1.0, 5, 9].exponentiallySmoothed(weight: 0) == [1, 5, 9])
    let smoothed = [.nan, 1.0, .infinity, 4].exponentiallySmoothed(weight: 0.5)
    #expect(smoothed[0].isNaN)
    #expect(smoothed[1] == 1)
    #expect(smoothed[2] == 1)
    // Weights 1/4 and 1/2 of 1 and 4, over their sum.
    #expect(abs(smoothed[3] - 3) < 1e-15)
  }
}
