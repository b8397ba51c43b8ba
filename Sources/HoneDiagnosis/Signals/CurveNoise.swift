import HoneNumerics

/// The standard deviation of the noise on a smooth curve, from its second differences.
///
/// A second difference cancels any straight trend and has six times the noise's variance; the median
/// of their sizes ignores a bent beginning or a single jump. Zero where fewer than three points are
/// given.
func curveNoise(_ values: [Double]) -> Double {
  guard values.count >= 3 else { return 0 }
  var differences: [Double] = []
  for i in 2..<values.count {
    let second: Double = values[i] - 2 * values[i - 1] + values[i - 2]
    differences.append(abs(second))
  }
  // 0.6745 is the median of the absolute value of a standard normal variable.
  return differences.median() / 0.6745 / 6.0.squareRoot()
}

/// Each value replaced by the median of itself and its neighbours: removes single spikes.
func medianOfThree(_ values: [Double]) -> [Double] {
  values.indices.map { i in
    values[max(i - 1, 0)...min(i + 1, values.count - 1)].median()
  }
}
