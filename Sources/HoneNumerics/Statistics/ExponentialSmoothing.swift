extension Collection where Element == Double {
  /// The exponential moving average of a series: each element is `weight` of the average so far and
  /// the rest new, divided by the weights in it so that the start is not pulled towards zero
  /// (Kingma and Ba 2015, section 3).
  ///
  /// Elements that are not finite do not enter the average.
  /// - Parameter weight: how much is kept, 0..<1.
  /// - Returns: one average for each element; not a number before the first finite one.
  public func exponentiallySmoothed(weight: Double) -> [Double] {
    guard (0..<1).contains(weight) else {
      fatalError("exponentiallySmoothed got the weight \(weight), which must lie in 0..<1.")
    }
    var average = 0.0
    var total = 0.0
    return map { value in
      if value.isFinite {
        average = weight * average + (1 - weight) * value
        total = weight * total + (1 - weight)
      }
      return total > 0 ? average / total : .nan
    }
  }
}
