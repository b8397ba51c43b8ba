import Foundation

/// The middle value, or the mean of the two middle ones; not a number for an empty list.
func median(_ values: [Double]) -> Double {
  quantile(values, 0.5)
}

/// The value below which a fraction of the sorted values lies, by linear interpolation; not a number
/// for an empty list.
func quantile(_ values: [Double], _ fraction: Double) -> Double {
  guard !values.isEmpty else { return .nan }
  let sorted = values.sorted()
  let position = fraction * Double(sorted.count - 1)
  let lower = Int(position.rounded(.down))
  let upper = min(lower + 1, sorted.count - 1)
  return sorted[lower] + (sorted[upper] - sorted[lower]) * (position - Double(lower))
}

/// The standard normal distribution function.
func normalCumulative(_ value: Double) -> Double {
  0.5 * erfc(-value / 2.0.squareRoot())
}

/// The standard deviation of the noise on a smooth curve, from its second differences.
///
/// A second difference cancels any straight trend and has six times the noise's variance; the median
/// of their sizes ignores a bent beginning or a single jump. Zero where fewer than three points are
/// given.
func curveNoise(_ values: [Double]) -> Double {
  guard values.count >= 3 else { return 0 }
  let differences = (2..<values.count).map { i in
    abs(values[i] - 2 * values[i - 1] + values[i - 2])
  }
  // 0.6745 is the median of the absolute value of a standard normal variable.
  return median(differences) / 0.6745 / 6.0.squareRoot()
}

/// Each value replaced by the median of itself and its neighbours: removes single spikes.
func medianOfThree(_ values: [Double]) -> [Double] {
  values.indices.map { i in
    median(Array(values[max(i - 1, 0)...min(i + 1, values.count - 1)]))
  }
}
