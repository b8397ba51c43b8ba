/// A running mean with its standard error, in constant memory (West 1979).
///
/// Add single samples for a standard error over samples; a batch's mean with its size as weight gives
/// the right mean, but the error then knows only the spread between batches.
public struct MeanAccumulator: Sendable, Equatable {
  /// The weight added so far: the number of samples where each weighs 1.
  public private(set) var weight = 0.0
  private var runningMean = 0.0
  private var squares = 0.0

  /// An accumulator of nothing yet.
  public init() {}

  /// Adds a value.
  /// - Parameters:
  ///   - value: a sample, or the mean of several.
  ///   - weight: how many samples it stands for; nothing is added where 0.
  public mutating func add(_ value: Double, weight: Double = 1) {
    guard weight > 0 else { return }
    self.weight += weight
    let distance = value - runningMean
    runningMean += distance * weight / self.weight
    squares += weight * distance * (value - runningMean)
  }

  /// Adds samples one by one.
  public mutating func add(contentsOf values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  /// The mean so far; not a number before the first value.
  public var mean: Double { weight > 0 ? runningMean : .nan }

  /// The unbiased variance of the values; not a number before the second.
  public var variance: Double { weight > 1 ? squares / (weight - 1) : .nan }

  /// The standard error of the mean.
  public var standardError: Double { (variance / weight).squareRoot() }
}
