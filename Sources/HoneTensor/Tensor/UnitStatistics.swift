import CTorch

/// What a layer's outputs are like, seen in one pass over memory.
package struct UnitStatistics {
  /// The root of the mean square of all values.
  package let rootMeanSquare: Double
  /// The root of the units' mean variance over samples and positions; not a number for a single value of
  /// each unit.
  package let spread: Double
  /// The share of values that are zero.
  package let zeroShare: Double
  /// The share of values outside of the range.
  package let outsideShare: Double
  /// The share of units whose values are all zero.
  package let deadShare: Double

  /// The statistics of a tensor `[samples, units, positions]` of float32 on the CPU; nil for others.
  /// - Parameters:
  ///   - units: the outputs, in any order in memory.
  ///   - range: values beyond it count as outside.
  package init?(
    of units: Tensor, range: ClosedRange<Double> = -Double.infinity...Double.infinity
  ) {
    var numbers = ct_unit_numbers()
    var isDone = false
    let status = withExtendedLifetime(units) {
      ct_unit_statistics(units.pointer, range.lowerBound, range.upperBound, &numbers, &isDone)
    }
    check(status, "unit statistics")
    guard isDone else { return nil }
    rootMeanSquare = numbers.root_mean_square
    spread = numbers.spread
    zeroShare = numbers.zero_share
    outsideShare = numbers.outside_share
    deadShare = numbers.dead_share
  }
}
