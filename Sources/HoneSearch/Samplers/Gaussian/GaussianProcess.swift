import Foundation
import HoneNumerics

/// What is known of a function from values at some points (Rasmussen and Williams 2006, 2.3).
struct GaussianProcess: Sendable {
  let kernel: MaternKernel
  let points: [[Double]]
  private let weights: [Double]
  private let factor: CholeskyFactor
  private let inverse: SquareMatrix

  /// The process given values; nil where the kernel's matrix cannot be factored.
  init?(_ kernel: MaternKernel, points: [[Double]], values: [Double]) {
    var matrix = SquareMatrix(size: points.count)
    for row in points.indices {
      for column in 0...row {
        let value = kernel.covariance(points[row], points[column])
        matrix[row, column] = value
        matrix[column, row] = value
      }
      matrix[row, row] += kernel.noise
    }
    guard let factor = CholeskyFactor(matrix) else { return nil }
    self.kernel = kernel
    self.points = points
    self.factor = factor
    weights = factor.solve(values)
    inverse = factor.inverse()
  }

  /// The mean and the variance of the function at a point.
  func predict(_ point: [Double]) -> (mean: Double, variance: Double) {
    predict(batch: [point])[0]
  }

  /// Means and variances, eight points at a time.
  func predict(batch: [[Double]]) -> [(mean: Double, variance: Double)] {
    var result: [(mean: Double, variance: Double)] = []
    result.reserveCapacity(batch.count)
    let n = points.count
    var covariances = [SIMD8<Double>](repeating: .zero, count: n)
    for start in stride(from: 0, to: batch.count, by: 8) {
      let lanes = min(8, batch.count - start)
      var mean = SIMD8<Double>.zero
      for row in 0..<n {
        var value = SIMD8<Double>.zero
        for lane in 0..<lanes {
          value[lane] = kernel.covariance(points[row], batch[start + lane])
        }
        covariances[row] = value
        mean += value * weights[row]
      }
      var explained = SIMD8<Double>.zero
      covariances.withUnsafeMutableBufferPointer { v in
        factor.values.withUnsafeBufferPointer { l in
          for row in 0..<n {
            var value = v[row]
            for k in 0..<row { value -= v[k] * l[row * n + k] }
            value /= l[row * n + row]
            v[row] = value
            explained += value * value
          }
        }
      }
      for lane in 0..<lanes {
        result.append((mean[lane], max(kernel.variance - explained[lane], 1e-12)))
      }
    }
    return result
  }

  /// Mean and variance at a point with their gradients by the point.
  func predictWithGradient(
    _ point: [Double]
  ) -> (mean: Double, variance: Double, meanGradient: [Double], varianceGradient: [Double]) {
    let n = points.count
    var covariances = [Double](repeating: 0, count: n)
    var slopes = covariances
    for row in 0..<n {
      let (value, slope) = MaternKernel.correlation(kernel.distance(points[row], point))
      covariances[row] = kernel.variance * value
      slopes[row] = kernel.variance * slope
    }
    var mean = 0.0
    var explained = 0.0
    var meanGradient = [Double](repeating: 0, count: point.count)
    var varianceGradient = meanGradient
    for row in 0..<n {
      var solved = 0.0
      for k in 0..<n { solved += inverse.values[row * n + k] * covariances[k] }
      mean += weights[row] * covariances[row]
      explained += solved * covariances[row]
      for d in point.indices where !kernel.isChoice[d] {
        let move = slopes[row] * kernel.inverseSquares[d] * 2 * (point[d] - points[row][d])
        meanGradient[d] += weights[row] * move
        varianceGradient[d] -= 2 * solved * move
      }
    }
    return (mean, max(kernel.variance - explained, 1e-12), meanGradient, varianceGradient)
  }
}
