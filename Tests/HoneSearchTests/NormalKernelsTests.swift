import Foundation
import HoneNumerics
import Testing

@testable import HoneSearch

struct NormalKernelsTests {
  @Test("the exponential of a kernel is the library's")
  func exponentials() {
    let kernels = NormalKernels(count: 1, most: 0)
    for x in stride(from: -699, through: 690, by: 0.37) {
      let sum = kernels.weightedSum([x], [1], 0..<1, at: [])
      #expect(abs(sum / exp(x) - 1) < 1e-14)
    }
    #expect(kernels.weightedSum([-5000], [1], 0..<1, at: []) > 0)
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
        #expect(kernels.append(parameter, centers: centers, widths: widths) == parameter)
        return (centers: centers, widths: widths)
      }
      let (logs, weights) = (draw(-3, 3), draw(0, 1))
      let point = (0..<dimensions).map { _ in -2 + 4 * stream.uniform() }
      let first = stream.index(below: count)
      let part = first..<(first + 1 + stream.index(below: count - first))
      var expected = 0.0
      for kernel in part {
        var exponent = logs[kernel]
        for (x, column) in zip(point, columns) {
          let distance = (x - column.centers[kernel]) / column.widths[kernel]
          exponent -= 0.5 * distance * distance
        }
        expected += weights[kernel] * exp(exponent)
      }
      let sum = kernels.weightedSum(Array(logs[part]), weights, part, at: point)
      #expect(abs(sum - expected) <= 1e-13 * expected)
    }
  }
}
