import Foundation
import HoneNumerics

extension Double {
  var logarithm: Double { Foundation.log(self) }
}

/// The Matérn kernel of smoothness 5/2 with a scale for each dimension; two choices are at distance 1
/// where they differ (Rasmussen and Williams 2006, 4.17).
struct MaternKernel: Sendable, Equatable {
  /// One over the square of each dimension's length scale.
  var inverseSquares: [Double]
  /// The variance of the function.
  var variance: Double
  /// The variance of the noise.
  var noise: Double
  /// Which dimensions hold the index of a choice.
  var isChoice: [Bool]

  /// The correlation at a squared distance and its derivative by the squared distance.
  @inline(__always)
  static func correlation(_ square: Double) -> (value: Double, slope: Double) {
    let s = (5 * square).squareRoot()
    let decay = exp(-s)
    return ((1 + s + s * s / 3) * decay, -5.0 / 6 * (1 + s) * decay)
  }

  @inline(__always)
  func distance(_ first: [Double], _ second: [Double]) -> Double {
    var sum = 0.0
    for index in first.indices {
      sum += inverseSquares[index] * squaredGap(index, first[index], second[index])
    }
    return sum
  }

  @inline(__always)
  func squaredGap(_ dimension: Int, _ first: Double, _ second: Double) -> Double {
    if isChoice[dimension] { return first == second ? 0 : 1 }
    return (first - second) * (first - second)
  }

  func covariance(_ first: [Double], _ second: [Double]) -> Double {
    variance * MaternKernel.correlation(distance(first, second)).value
  }
}
