/// A straight line through points, by least squares.
public struct LinearTrend: Sendable, Equatable {
  /// The rise per unit of x.
  public let slope: Double
  /// The value at x = 0.
  public let intercept: Double
  /// The standard error of the slope; not a number for fewer than three points.
  public let slopeError: Double
  /// The two-sided p-value of the hypothesis that the slope is zero.
  public let pValue: Double

  /// The line through points whose x are 0, 1, 2, ….
  public init(_ y: [Double]) {
    self.init(x: y.indices.map(Double.init), y: y)
  }

  /// The line through points.
  ///
  /// All figures are not-a-number where the x do not differ.
  /// - Precondition: as many x as y.
  public init(x: [Double], y: [Double]) {
    guard x.count == y.count else {
      fatalError("LinearTrend got \(x.count) x and \(y.count) y; it needs pairs.")
    }
    let meanX = x.mean()
    let meanY = y.mean()
    let spread = x.map { ($0 - meanX) * ($0 - meanX) }.sum()
    guard x.count > 1, spread > 0 else {
      slope = .nan
      intercept = .nan
      slopeError = .nan
      pValue = .nan
      return
    }
    let slope = zip(x, y).map { ($0 - meanX) * ($1 - meanY) }.sum() / spread
    let intercept = meanY - slope * meanX
    self.slope = slope
    self.intercept = intercept
    guard x.count > 2 else {
      slopeError = .nan
      pValue = .nan
      return
    }
    let residuals = zip(x, y).map { $1 - (intercept + slope * $0) }
    let degrees = Double(x.count - 2)
    slopeError = (residuals.map { $0 * $0 }.sum() / degrees / spread).squareRoot()
    let statistic = abs(slope) / slopeError
    pValue =
      statistic.isNaN
      ? .nan : 2 * StudentDistribution(degreesOfFreedom: degrees).cumulative(-statistic)
  }
}
