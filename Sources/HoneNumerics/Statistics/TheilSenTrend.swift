/// A straight line through points that a third of outliers cannot move: the median of the slopes of
/// all pairs (Theil 1950), with Sen's interval by Kendall's statistic (Sen 1968).
///
/// Costs memory and time of the square of the number of points.
public struct TheilSenTrend: Sendable, Equatable {
  /// The rise per unit of x.
  public let slope: Double
  /// The median of y less the slope times the median of x.
  public let intercept: Double
  /// The interval's lower end for the slope.
  public let lower: Double
  /// The interval's upper end for the slope.
  public let upper: Double

  /// The line through points whose x are 0, 1, 2, ….
  /// - Parameters:
  ///   - y: the points' heights in order.
  ///   - level: the confidence level of the interval.
  public init(_ y: [Double], level: Double = 0.95) {
    self.init(x: y.indices.map(Double.init), y: y, level: level)
  }

  /// The line through points.
  ///
  /// All figures are not-a-number where the x do not differ.
  /// - Parameters:
  ///   - x: the points' places, in any order.
  ///   - y: their heights.
  ///   - level: the confidence level of the interval.
  /// - Precondition: as many x as y.
  public init(x: [Double], y: [Double], level: Double = 0.95) {
    guard x.count == y.count else {
      fatalError("TheilSenTrend got \(x.count) x and \(y.count) y; it needs pairs.")
    }
    var slopes: [Double] = []
    for i in x.indices {
      for j in x.indices where x[j] > x[i] { slopes.append((y[j] - y[i]) / (x[j] - x[i])) }
    }
    guard !slopes.isEmpty, !slopes.contains(where: \.isNaN) else {
      slope = .nan
      intercept = .nan
      lower = .nan
      upper = .nan
      return
    }
    slopes.sort()
    slope = slopes.median()
    intercept = y.median() - slope * x.median()
    let spread = TheilSenTrend.kendallVariance(x: x, y: y).squareRoot()
    let reach = NormalDistribution.quantile((1 - level) / 2) * -spread
    let count = Double(slopes.count)
    let first = ((count - reach) / 2).rounded(.toNearestOrEven)
    let last = ((count + reach) / 2).rounded(.toNearestOrEven)
    lower = slopes[max(Int(first) - 1, 0)]
    upper = slopes[min(Int(last), slopes.count - 1)]
  }

  /// The variance of Kendall's statistic under no trend, less what ties take from it (Sen 1968,
  /// equation 2.6).
  private static func kendallVariance(x: [Double], y: [Double]) -> Double {
    func term(_ count: Int) -> Double { Double(count * (count - 1) * (2 * count + 5)) }
    func ties(_ values: [Double]) -> Double {
      var counts: [Double: Int] = [:]
      for value in values { counts[value, default: 0] += 1 }
      return counts.values.map(term).sum()
    }
    return (term(x.count) - ties(x) - ties(y)) / 18
  }
}
