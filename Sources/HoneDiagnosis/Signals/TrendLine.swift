/// The slope of a noisy curve with its 95 % interval: the median of all pairwise slopes (Theil 1950)
/// with the rank interval of Sen (1968). Outliers and the noise's distribution do not matter.
struct TrendLine {
  /// Change per unit of the abscissa.
  var slope: Double
  /// The interval's lower bound.
  var lower: Double
  /// The interval's upper bound.
  var upper: Double

  /// The trend of at least three points; nil where there are fewer, or all abscissas agree.
  init?(_ points: [Point]) {
    guard points.count >= 3 else { return nil }
    var slopes: [Double] = []
    for i in points.indices {
      for j in points.indices.dropFirst(i + 1) where points[j].epoch != points[i].epoch {
        let run = Double(points[j].epoch - points[i].epoch)
        slopes.append((points[j].value - points[i].value) / run)
      }
    }
    guard !slopes.isEmpty else { return nil }
    slopes.sort()
    let count = Double(points.count)
    // The variance of Kendall's statistic under no trend, and the normal quantile of 95 %.
    let spread = (count * (count - 1) * (2 * count + 5) / 18).squareRoot() * 1.96
    let below = max(Int(((Double(slopes.count) - spread) / 2).rounded(.down)), 0)
    slope = median(slopes)
    lower = slopes[below]
    upper = slopes[slopes.count - 1 - below]
  }

  /// The standard error that the interval's half-width stands for.
  var standardError: Double { (upper - lower) / (2 * 1.96) }
}
