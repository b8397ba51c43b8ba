import Foundation
import HoneNumerics

/// The normal distribution by cubic interpolation in a table: off by at most 1e-12, and several times
/// faster than the error function.
enum NormalTable {
  private static let step = 1.0 / 256
  /// Beyond this many standard deviations nothing is left.
  static let limit = 8.5
  /// Value and step times density at each node.
  private static let nodes: [(value: Double, slope: Double)] = {
    let count = Int(2 * limit / step) + 1
    return (0..<count).map { index in
      let x = -limit + Double(index) * step
      return (
        NormalDistribution.cumulative(x), step * exp(-x * x / 2) / (2 * Double.pi).squareRoot()
      )
    }
  }()

  /// Calls a closure with the table's function, looked up once.
  @inline(__always)
  static func withFunction<Result>(
    _ body: ((_ x: Double) -> Double) -> Result
  ) -> Result {
    nodes.withUnsafeBufferPointer { nodes in
      body { x in
        if x <= -limit { return 0 }
        if x >= limit { return 1 }
        let position = (x + limit) / step
        let index = Int(position)
        guard index + 1 < nodes.count else { return 1 }
        let t = position - Double(index)
        let (first, second) = (nodes[index], nodes[index + 1])
        let rise = second.value - first.value
        let a = first.slope - rise
        let b = rise - second.slope
        return first.value + t * rise + t * (1 - t) * (a * (1 - t) + b * t)
      }
    }
  }
}
