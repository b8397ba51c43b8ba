/// Student's t distribution.
public struct StudentDistribution: Sendable, Hashable {
  /// Degrees of freedom, not necessarily whole.
  public let degreesOfFreedom: Double

  /// The distribution of so many degrees of freedom; the normal one where infinite.
  /// - Precondition: `degreesOfFreedom` is positive.
  public init(degreesOfFreedom: Double) {
    guard degreesOfFreedom > 0 else {
      fatalError(
        "StudentDistribution got \(degreesOfFreedom) degrees of freedom; there must be some.")
    }
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The probability of a value up to `x`; small ones keep their relative accuracy.
  public func cumulative(_ x: Double) -> Double {
    if x.isNaN { return .nan }
    // Beyond this many degrees of freedom the two differ by less than the rounding.
    if degreesOfFreedom > 1e15 { return NormalDistribution.cumulative(x) }
    let square = x * x
    let sum = degreesOfFreedom + square
    let tail =
      square == .infinity
      ? 0
      : SpecialFunctions.incompleteBeta(
        degreesOfFreedom / sum, degreesOfFreedom / 2, 0.5, complement: square / sum) / 2
    return x < 0 ? tail : 1 - tail
  }

  /// The value below which a given probability lies; infinite at 0 and 1.
  /// - Parameter probability: 0...1.
  public func quantile(_ probability: Double) -> Double {
    guard (0...1).contains(probability) else {
      fatalError("StudentDistribution.quantile got \(probability), which must lie in 0...1.")
    }
    if degreesOfFreedom > 1e15 { return NormalDistribution.quantile(probability) }
    if probability == 0 { return -.infinity }
    if probability == 1 { return .infinity }
    if probability == 0.5 { return 0 }
    if probability > 0.5 { return -quantile(1 - probability) }
    var lower = -1.0
    while cumulative(lower) > probability { lower *= 2 }
    return solveIncreasing(from: lower, to: 0, target: probability, cumulative)
  }
}
