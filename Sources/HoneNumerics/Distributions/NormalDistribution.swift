import Foundation

/// The standard normal distribution.
public enum NormalDistribution {
  /// The probability of a value up to `x`; small ones keep their relative accuracy.
  public static func cumulative(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

  /// The value below which a given probability lies; infinite at 0 and 1.
  /// - Parameter probability: 0...1.
  public static func quantile(_ probability: Double) -> Double {
    guard (0...1).contains(probability) else {
      fatalError("NormalDistribution.quantile got \(probability), which must lie in 0...1.")
    }
    if probability == 0 { return -.infinity }
    if probability == 1 { return .infinity }
    if probability == 0.5 { return 0 }
    // The lower tail, where probabilities are exact.
    if probability > 0.5 { return -quantile(1 - probability) }
    return solveIncreasing(from: -40, to: 0, target: probability, cumulative)
  }
}
