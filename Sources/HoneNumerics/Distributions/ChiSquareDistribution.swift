/// The chi-square distribution.
public struct ChiSquareDistribution: Sendable, Hashable {
  /// Degrees of freedom.
  public let degreesOfFreedom: Double

  /// The distribution of so many degrees of freedom.
  /// - Precondition: `degreesOfFreedom` is positive.
  public init(degreesOfFreedom: Double) {
    guard degreesOfFreedom > 0 else {
      fatalError(
        "ChiSquareDistribution got \(degreesOfFreedom) degrees of freedom; there must be some.")
    }
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The probability of a value up to `x`.
  public func cumulative(_ x: Double) -> Double {
    SpecialFunctions.incompleteGamma(degreesOfFreedom / 2, x / 2).lower
  }

  /// The probability of a value above `x`: the p-value of a test; small ones stay accurate.
  public func upperTail(_ x: Double) -> Double {
    SpecialFunctions.incompleteGamma(degreesOfFreedom / 2, x / 2).upper
  }

  /// The value below which a given probability lies.
  /// - Parameter probability: 0...1.
  public func quantile(_ probability: Double) -> Double {
    guard (0...1).contains(probability) else {
      fatalError("ChiSquareDistribution.quantile got \(probability), which must lie in 0...1.")
    }
    if probability == 1 { return .infinity }
    var upper = max(1, degreesOfFreedom)
    while cumulative(upper) < probability { upper *= 2 }
    return solveIncreasing(from: 0, to: upper, target: probability, cumulative)
  }
}
