import Foundation

/// A function with a known lowest value, over a box.
struct Benchmark: Sendable {
  let name: String
  let lower: [Double]
  let upper: [Double]
  let lowest: Double
  let value: @Sendable ([Double]) -> Double

  /// The six functions of the comparison; `Scripts/prove_search.py` has the same.
  static let all: [Benchmark] = [
    Benchmark(
      name: "branin", lower: [-5, 0], upper: [10, 15], lowest: 0.397887357729739,
      value: { x in
        let pi = Double.pi
        let a = x[1] - 5.1 / (4 * pi * pi) * x[0] * x[0] + 5 / pi * x[0] - 6
        return a * a + 10 * (1 - 1 / (8 * pi)) * cos(x[0]) + 10
      }),
    Benchmark(
      name: "hartmann6", lower: box(6, 0), upper: box(6, 1), lowest: -3.32236801141551,
      value: hartmann6),
    Benchmark(
      name: "rosenbrock4", lower: box(4, -5), upper: box(4, 10), lowest: 0,
      value: { x in
        (0..<3).reduce(0) { sum, i in
          let b = x[i + 1] - x[i] * x[i]
          return sum + 100 * b * b + (1 - x[i]) * (1 - x[i])
        }
      }),
    Benchmark(
      name: "ackley5", lower: box(5, -32.768), upper: box(5, 32.768), lowest: 0,
      value: { x in
        let squares = x.reduce(0) { $0 + $1 * $1 } / 5
        let waves = x.reduce(0) { $0 + cos(2 * Double.pi * $1) } / 5
        return -20 * exp(-0.2 * squares.squareRoot()) - exp(waves) + 20 + exp(1.0)
      }),
    Benchmark(
      name: "sphere10", lower: box(10, -5), upper: box(10, 5), lowest: 0,
      value: { x in x.reduce(0) { $0 + ($1 - 0.3) * ($1 - 0.3) } }),
    Benchmark(
      name: "rastrigin5", lower: box(5, -5.12), upper: box(5, 5.12), lowest: 0,
      value: { x in
        x.reduce(50) { $0 + $1 * $1 - 10 * cos(2 * Double.pi * $1) }
      }),
  ]

  private static func box(_ count: Int, _ value: Double) -> [Double] {
    [Double](repeating: value, count: count)
  }
}

/// Hartmann's function of six dimensions.
private func hartmann6(_ x: [Double]) -> Double {
  let weights: [Double] = [1, 1.2, 3, 3.2]
  let scales: [[Double]] = [
    [10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14],
    [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14],
  ]
  let centers: [[Double]] = [
    [1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991],
    [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381],
  ]
  var sum = 0.0
  for row in 0..<4 {
    var exponent = 0.0
    for column in 0..<6 {
      let gap = x[column] - centers[row][column] / 10_000
      exponent += scales[row][column] * gap * gap
    }
    sum -= weights[row] * exp(-exponent)
  }
  return sum
}
