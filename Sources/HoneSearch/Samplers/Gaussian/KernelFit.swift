import Foundation
import HoneNumerics

/// Finds the kernel under which values are most probable, with mild prior beliefs about its
/// parameters: length scales near 1, variance after Gamma(2, 1), noise after Gamma(1.1, 30), which
/// are those of Optuna's sampler.
struct KernelFit {
  static let leastNoise = 1e-6
  let points: [[Double]]
  let values: [Double]
  let isChoice: [Bool]
  /// The squared gaps of all pairs, dimension after dimension, the lower triangle row by row.
  private let gaps: [[Double]]

  init(points: [[Double]], values: [Double], isChoice: [Bool]) {
    self.points = points
    self.values = values
    self.isChoice = isChoice
    gaps = isChoice.indices.map { d in
      var column: [Double] = []
      column.reserveCapacity(points.count * (points.count - 1) / 2)
      for row in points.indices {
        for other in 0..<row {
          let gap = points[row][d] - points[other][d]
          column.append(isChoice[d] ? (gap == 0 ? 0 : 1) : gap * gap)
        }
      }
      return column
    }
  }

  /// The most probable kernel.
  func kernel() -> MaternKernel {
    let d = isChoice.count
    // What the noise has above the least must be able to vanish: a floor of seven times the least made
    // the search stop at five times the distance from the lowest point of a sphere.
    let minimizer = BoxMinimizer(
      lower: [Double](repeating: -12, count: d + 1) + [-25],
      upper: [Double](repeating: 12, count: d + 2),
      iterations: 60, gradientTolerance: 1e-2)
    var start = [Double](repeating: 0, count: d + 2)
    start[d + 1] = log(1e-2)
    let best = minimizer.minimize(from: start) { negativeLogPosterior($0) }
    return kernel(best.point)
  }

  func kernel(_ parameters: [Double]) -> MaternKernel {
    let d = isChoice.count
    return MaternKernel(
      inverseSquares: parameters[..<d].map { exp($0) }, variance: exp(parameters[d]),
      noise: exp(parameters[d + 1]) + KernelFit.leastNoise, isChoice: isChoice)
  }

  /// What is minimized, and its gradient by the logarithms of the parameters.
  func negativeLogPosterior(_ parameters: [Double]) -> (value: Double, gradient: [Double]) {
    let kernel = kernel(parameters)
    let n = points.count
    let d = isChoice.count
    var matrix = SquareMatrix(size: n)
    var slopes = [Double](repeating: 0, count: n * (n - 1) / 2)
    var pair = 0
    for row in 0..<n {
      for other in 0..<row {
        var square = 0.0
        for k in 0..<d { square += kernel.inverseSquares[k] * gaps[k][pair] }
        let (value, slope) = MaternKernel.correlation(square)
        slopes[pair] = slope
        matrix[row, other] = kernel.variance * value
        matrix[other, row] = kernel.variance * value
        pair += 1
      }
      matrix[row, row] = kernel.variance + kernel.noise
    }
    guard let factor = CholeskyFactor(matrix) else {
      return (.infinity, [Double](repeating: 0, count: d + 2))
    }
    let weights = factor.solve(values)
    let inverse = factor.inverse()
    var quadratic = 0.0
    for row in 0..<n { quadratic += weights[row] * values[row] }
    var value =
      0.5 * (quadratic + factor.logDeterminant + Double(n) * log(2 * Double.pi))
    var gradient = [Double](repeating: 0, count: d + 2)
    pair = 0
    for row in 0..<n {
      for other in 0..<row {
        let pull = weights[row] * weights[other] - inverse[row, other]
        let scaled = pull * kernel.variance * slopes[pair]
        for k in 0..<d { gradient[k] -= scaled * gaps[k][pair] * kernel.inverseSquares[k] }
        gradient[d] -= pull * matrix[row, other]
        pair += 1
      }
      let pull = 0.5 * (weights[row] * weights[row] - inverse[row, row])
      gradient[d] -= pull * kernel.variance
      gradient[d + 1] -= pull * (kernel.noise - KernelFit.leastNoise)
    }
    addPrior(kernel, &value, &gradient)
    return (value, gradient)
  }

  private func addPrior(_ kernel: MaternKernel, _ value: inout Double, _ gradient: inout [Double]) {
    let d = isChoice.count
    for k in 0..<d {
      let scale = kernel.inverseSquares[k]
      value += 0.1 / scale + 0.1 * scale
      gradient[k] += -0.1 / scale + 0.1 * scale
    }
    value -= log(kernel.variance) - kernel.variance
    gradient[d] -= 1 - kernel.variance
    let free = kernel.noise - KernelFit.leastNoise
    value -= 0.1 * log(kernel.noise) - 30 * kernel.noise
    gradient[d + 1] -= (0.1 / kernel.noise - 30) * free
  }
}
