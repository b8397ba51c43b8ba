import HoneNumerics

/// The slope of a curve per epoch, with its 95 % interval (Theil-Sen).
struct TrendLine {
  /// Change per epoch.
  var slope: Double
  /// The interval's lower bound.
  var lower: Double
  /// The interval's upper bound.
  var upper: Double

  /// The trend of at least three points; nil where there are fewer.
  init?(_ points: [Point]) {
    guard points.count >= 3 else { return nil }
    let trend = TheilSenTrend(x: points.map { Double($0.epoch) }, y: points.map(\.value))
    guard trend.slope.isFinite else { return nil }
    slope = trend.slope
    lower = trend.lower
    upper = trend.upper
  }

  /// The standard error that the interval's half-width stands for: 1.96 of them at 95 %.
  var standardError: Double { (upper - lower) / (2 * 1.96) }
}
