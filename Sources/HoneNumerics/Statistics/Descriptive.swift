/// Figures that describe a set of numbers. All are not-a-number where there are too few to say.
extension Collection where Element == Double {
  /// The sum, compensated for rounding (Neumaier 1974).
  @inlinable
  public func sum() -> Double {
    var sum = 0.0
    var compensation = 0.0
    for value in self {
      let next = sum + value
      compensation += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
      sum = next
    }
    // An infinite term leaves no number in the compensation.
    return compensation.isNaN ? sum : sum + compensation
  }

  /// The arithmetic mean.
  @inlinable
  public func mean() -> Double { isEmpty ? .nan : sum() / Double(count) }

  /// The unbiased variance, with one less than the count in the denominator.
  @inlinable
  public func variance() -> Double {
    guard count > 1 else { return .nan }
    let mean = mean()
    return lazy.map { ($0 - mean) * ($0 - mean) }.sum() / Double(count - 1)
  }

  /// The square root of the unbiased variance.
  @inlinable
  public func standardDeviation() -> Double { variance().squareRoot() }

  /// The standard error of the mean.
  @inlinable
  public func standardError() -> Double { (variance() / Double(count)).squareRoot() }

  /// The middle number, or the mean of the two in the middle.
  @inlinable
  public func median() -> Double { quantile(0.5) }

  /// The number that a given fraction of them lies below, interpolated linearly between neighbours
  /// (type 7 of Hyndman and Fan 1996, the default of NumPy and R).
  /// - Parameter fraction: 0...1.
  @inlinable
  public func quantile(_ fraction: Double) -> Double { quantiles([fraction])[0] }

  /// Several quantiles for the cost of one sort.
  /// - Parameter fractions: each 0...1.
  @inlinable
  public func quantiles(_ fractions: [Double]) -> [Double] {
    for fraction in fractions where !(0...1).contains(fraction) {
      fatalError("quantile got the fraction \(fraction), which must lie in 0...1.")
    }
    guard !isEmpty, !contains(where: \.isNaN) else { return fractions.map { _ in .nan } }
    let ordered = sorted()
    return fractions.map { fraction in
      let position = fraction * Double(ordered.count - 1)
      let lower = Int(position)
      let upper = Swift.min(lower + 1, ordered.count - 1)
      let weight = position - Double(lower)
      // Equal neighbours need no arithmetic, which would turn two infinities into no number.
      if ordered[lower] == ordered[upper] || weight == 0 { return ordered[lower] }
      return ordered[lower] + weight * (ordered[upper] - ordered[lower])
    }
  }

  /// The median of the distances from the median, times 1.4826, which makes it the standard
  /// deviation of normal numbers; outliers do not move it.
  @inlinable
  public func medianAbsoluteDeviation() -> Double {
    let middle = median()
    return 1.482602218505602 * map { abs($0 - middle) }.median()
  }
}
