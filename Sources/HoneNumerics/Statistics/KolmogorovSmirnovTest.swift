import Foundation

/// The two-sample test of Kolmogorov and Smirnov: whether two samples come from one continuous
/// distribution.
///
/// Where values are equal the p-value is too large rather than too small.
public struct KolmogorovSmirnovTest: Sendable, Equatable {
  /// Up to this product of the two sizes the p-value is exact.
  private static let exactProduct = 4_000_000

  /// The largest distance between the two empirical distribution functions, 0...1.
  public let statistic: Double
  /// The two-sided p-value.
  public let pValue: Double

  /// Tests two samples; exact for small ones, otherwise by the limiting distribution (Kolmogorov 1933).
  /// - Precondition: both have values, all of them numbers.
  public init(_ first: [Double], _ second: [Double]) {
    guard !first.isEmpty, !second.isEmpty else {
      fatalError(
        "KolmogorovSmirnovTest got \(first.count) and \(second.count) values; it needs some of each."
      )
    }
    let distance = Self.distance(first.sorted(), second.sorted())
    let product = first.count * second.count
    statistic = Double(distance) / Double(product)
    pValue =
      product <= Self.exactProduct
      ? Self.exact(distance, first.count, second.count)
      : Self.limitingTail(
        statistic * (Double(product) / Double(first.count + second.count)).squareRoot())
  }

  /// The largest distance, times both sizes, which makes it whole.
  private static func distance(_ first: [Double], _ second: [Double]) -> Int {
    var (i, j, largest) = (0, 0, 0)
    while i < first.count, j < second.count {
      let value = min(first[i], second[j])
      while i < first.count, first[i] <= value { i += 1 }
      while j < second.count, second[j] <= value { j += 1 }
      largest = max(largest, abs(i * second.count - j * first.count))
    }
    return largest
  }

  /// The share of the orders of all values in which the distance is at least so large: one minus the
  /// share of lattice paths that stay nearer to the diagonal (Hodges 1958), each column scaled so that
  /// counts become probabilities.
  private static func exact(_ distance: Int, _ m: Int, _ n: Int) -> Double {
    guard distance > 0 else { return 1 }
    var inside = [Double](repeating: 0, count: n + 1)
    for j in 0...n where j * m < distance { inside[j] = 1 }
    for i in 1...m {
      // One more step to the right: paths to (i, j) over paths to (i - 1, j), j from below.
      let scale = Double(i) / Double(i + n)
      inside[0] = i * n < distance ? inside[0] * scale : 0
      for j in 1...n {
        let isInside = abs(i * n - j * m) < distance
        inside[j] = isInside ? inside[j] * scale + inside[j - 1] : 0
      }
    }
    return min(1, max(0, 1 - inside[n]))
  }

  /// The probability that the limiting variable exceeds `x`.
  static func limitingTail(_ x: Double) -> Double {
    if x <= 0 { return 1 }
    var sum = 0.0
    if x < 1 {
      // The series of the theta function's other side, which converges where x is small.
      for k in 1...20 {
        let odd = Double(2 * k - 1)
        sum += exp(-odd * odd * Double.pi * Double.pi / (8 * x * x))
      }
      return 1 - (2 * Double.pi).squareRoot() / x * sum
    }
    for k in 1...100 {
      let term = exp(-2 * Double(k * k) * x * x)
      sum += k % 2 == 1 ? term : -term
      if term < 1e-18 { break }
    }
    return min(1, max(0, 2 * sum))
  }
}
