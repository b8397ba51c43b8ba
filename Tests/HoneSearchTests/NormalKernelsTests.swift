import Foundation
import HoneNumerics
import Testing

@testable import HoneSearch

struct NormalKernelsTests {
  @Test("the exponential of a kernel is the library's")
  func exponentials() {
    let kernels = NormalKernels(count: 1, most: 0)
    for x in stride(from: -649, through: 690, by: 0.37) {
      let sum = sums([x], [1], 0..<1, of: kernels, at: [[]])[0]
      #expect(abs(sum / exp(x) - 1) < 1e-14)
    }
    #expect(sums([-5000], [1], 0..<1, of: kernels, at: [[]])[0] > 0)
  }

  @Test("sums of any number of kernels of any number of parameters are the formula's")
  func sums() {
    var stream = RandomStream(seed: 3, "normal kernels")
    for _ in 0..<300 {
      let count = 1 + stream.index(below: 40)
      let dimensions = stream.index(below: 5)
      var kernels = NormalKernels(count: count, most: dimensions)
      let draw = { (low: Double, high: Double) in
        (0..<count).map { _ in low + (high - low) * stream.uniform() }
      }
      let columns = (0..<dimensions).map { parameter in
        let (centers, widths) = (draw(-2, 2), draw(0.3, 2))
        let column = kernels.append(
          parameter, centers: centers, inverseWidths: widths.map { 1 / $0 })
        #expect(column == parameter)
        return (centers: centers, widths: widths)
      }
      let (logs, weights) = (draw(-3, 3), draw(0, 1))
      let points = (0..<stream.index(below: 15)).map { _ in
        (0..<dimensions).map { _ in -2 + 4 * stream.uniform() }
      }
      let first = stream.index(below: count)
      let part = first..<(first + 1 + stream.index(below: count - first))
      let found = sums(Array(logs[part]), weights, part, of: kernels, at: points)
      for (point, sum) in zip(points, found) {
        var expected = 0.0
        for kernel in part {
          var exponent = logs[kernel]
          for (x, column) in zip(point, columns) {
            let distance = (x - column.centers[kernel]) / column.widths[kernel]
            exponent -= 0.5 * distance * distance
          }
          expected += weights[kernel] * exp(exponent)
        }
        #expect(abs(sum - expected) <= 1e-13 * expected)
        let alone = sums(Array(logs[part]), weights, part, of: kernels, at: [point])
        #expect(alone == [sum])
      }
    }
  }

  /// The sums at points, beginning at zero.
  private func sums(
    _ logs: [Double], _ weights: [Double], _ part: Range<Int>, of kernels: NormalKernels,
    at points: [[Double]]
  ) -> [Double] {
    var sums = points.map { _ in 0.0 }[...]
    kernels.addWeightedSums(logs, weights, part, at: points.flatMap { $0 }[...], to: &sums)
    return Array(sums)
  }
}
