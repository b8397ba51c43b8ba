import Foundation
import HoneNumerics

/// The logarithm of the expected improvement over a best value, large ones being good, and its
/// derivatives (Ament and others, arXiv 2310.20708).
enum ExpectedImprovement {
  private static let rootTwoPi = (2 * Double.pi).squareRoot()

  static func logarithm(
    mean: Double, deviation: Double, best: Double
  ) -> (value: Double, byMean: Double, byDeviation: Double) {
    let z = (mean - best) / deviation
    // Far below the best the two terms cancel: take the series of Mills' ratio.
    if z < -25 {
      let square = 1 / (z * z)
      let logDensity = -z * z / 2 - log(rootTwoPi)
      let value =
        log(deviation) + logDensity + log(square) + log1p(-3 * square + 15 * square * square)
      return (value, -z * (1 + 2 * square) / deviation, (z * z + 3) / deviation)
    }
    let density = exp(-z * z / 2) / rootTwoPi
    let mass = NormalDistribution.cumulative(z)
    let gain = density + z * mass
    return (log(deviation * gain), mass / (deviation * gain), density / (deviation * gain))
  }

  /// The logarithm of the probability of a positive value, and its derivatives.
  static func logProbability(
    mean: Double, deviation: Double
  ) -> (value: Double, byMean: Double, byDeviation: Double) {
    let z = mean / deviation
    let ratio: Double
    let value: Double
    if z < -25 {
      value = -z * z / 2 - log(rootTwoPi * -z) + log1p(-1 / (z * z))
      ratio = -z * (1 + 1 / (z * z))
    } else {
      let mass = NormalDistribution.cumulative(z)
      value = log(mass)
      ratio = exp(-z * z / 2) / rootTwoPi / mass
    }
    return (value, ratio / deviation, -ratio * z / deviation)
  }
}
