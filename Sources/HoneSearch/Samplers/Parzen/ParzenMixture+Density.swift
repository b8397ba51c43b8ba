import Foundation
import HoneNumerics

extension ParzenMixture {
  /// Kernels are worked through in blocks that stay in the first cache.
  private static var blockSize: Int { 512 }

  /// The logarithm of the density at each point, in transformed numbers; of stepped parameters and
  /// choices the mass.
  func logDensities(_ points: [[Double]]) -> [Double] {
    let kernels = weights.count
    var sums = [Double](repeating: 0, count: points.count)
    var exponents = [Double](repeating: 0, count: ParzenMixture.blockSize)
    var start = 0
    while start < kernels {
      let end = min(start + ParzenMixture.blockSize, kernels)
      for (index, point) in points.enumerated() {
        exponents.withUnsafeMutableBufferPointer { buffer in
          fill(buffer, start, end, point)
          sums[index] += weightedSum(buffer, start, end)
        }
      }
      start = end
    }
    return sums.map { log($0) }
  }

  /// The log of each kernel's product at a point.
  private func fill(
    _ buffer: UnsafeMutableBufferPointer<Double>, _ start: Int, _ end: Int, _ point: [Double]
  ) {
    logScales.withUnsafeBufferPointer { scales in
      for k in start..<end { buffer[k - start] = scales[k] }
    }
    for index in dimensions.indices {
      let x = point[index]
      switch dimensions[index] {
      case .continuous(let centers, let inverses):
        centers.withUnsafeBufferPointer { centers in
          inverses.withUnsafeBufferPointer { inverses in
            for k in start..<end {
              let distance = (x - centers[k]) * inverses[k]
              buffer[k - start] -= 0.5 * distance * distance
            }
          }
        }
      case .stepped(let centers, let widths, let logMasses):
        let cell = axes[index].cell(x)
        for k in start..<end {
          let mass = ParzenMixture.mass(
            (cell.lower - centers[k]) / widths[k], (cell.upper - centers[k]) / widths[k])
          buffer[k - start] += log(mass) - logMasses[k]
        }
      case .categorical(let choices, let hit, let miss, let count):
        let broad = -log(Double(count))
        for k in start..<end {
          buffer[k - start] += k == choices.count ? broad : choices[k] == Int(x) ? hit : miss
        }
      }
    }
  }

  /// The mass of an interval, taken in the tail where it is exact.
  private static func mass(_ lower: Double, _ upper: Double) -> Double {
    let mass =
      lower > 0
      ? NormalDistribution.cumulative(-lower) - NormalDistribution.cumulative(-upper)
      : NormalDistribution.cumulative(upper) - NormalDistribution.cumulative(lower)
    return max(mass, 1e-300)
  }

  private func weightedSum(
    _ buffer: UnsafeMutableBufferPointer<Double>, _ start: Int, _ end: Int
  ) -> Double {
    weights.withUnsafeBufferPointer { weights in
      var sums = SIMD8<Double>.zero
      var k = start
      while k < end {
        let lanes = min(8, end - k)
        var exponent = SIMD8<Double>(repeating: -700)
        var weight = SIMD8<Double>.zero
        if lanes == 8, let values = buffer.baseAddress, let factors = weights.baseAddress {
          exponent = UnsafeRawPointer(values + (k - start)).loadUnaligned(as: SIMD8<Double>.self)
          weight = UnsafeRawPointer(factors + k).loadUnaligned(as: SIMD8<Double>.self)
        } else {
          for lane in 0..<lanes {
            exponent[lane] = buffer[k - start + lane]
            weight[lane] = weights[k + lane]
          }
        }
        sums += weight * exponential(exponent)
        k += 8
      }
      return sums.sum()
    }
  }
}
