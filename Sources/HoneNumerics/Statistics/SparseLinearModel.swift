import Foundation

/// Linear models with an L1 penalty, for the features that they leave out.
///
/// The intercept is not penalised.
package enum SparseLinearModel {
  private static let mostSweeps = 1_000
  private static let tolerance = 1e-7

  /// The weights that minimise half the mean squared error plus the strength times the sum of absolute
  /// weights (the Lasso: Tibshirani 1996), by coordinate descent (Friedman and others 2007).
  package static func squared(
    _ rows: [[Double]], targets: [Double], strength: Double
  ) -> [Double] {
    let weights = [Double](repeating: 1, count: rows.count)
    var solver = CoordinateDescent(rows)
    solver.solve(targets: targets, sampleWeights: weights, strength: strength, sweeps: mostSweeps)
    return solver.weights
  }

  /// The weights that minimise the mean logistic loss plus the strength times the sum of absolute
  /// weights, by quadratic approximations that bound the loss from above, each solved by coordinate
  /// descent.
  package static func logistic(
    _ rows: [[Double]], isPositive: [Bool], strength: Double
  ) -> [Double] {
    var solver = CoordinateDescent(rows)
    for _ in 0..<mostSweeps {
      let before = solver.weights
      let scores = rows.map(solver.score)
      // The curvature of the logistic loss is nowhere above a quarter.
      let targets = zip(scores, isPositive).map { score, positive in
        score + 4 * ((positive ? 1 : 0) - 1 / (1 + exp(-score)))
      }
      solver.solve(
        targets: targets, sampleWeights: [Double](repeating: 0.25, count: rows.count),
        strength: strength, sweeps: 5)
      let change = zip(before, solver.weights).reduce(0) { max($0, abs($1.0 - $1.1)) }
      if change < tolerance { break }
    }
    return solver.weights
  }

  /// Sweeps over the weights, each set to its best value with the others held.
  private struct CoordinateDescent {
    private let columns: [[Double]]
    private let count: Double
    private(set) var weights: [Double]
    private var intercept = 0.0

    init(_ rows: [[Double]]) {
      let width = rows.first?.count ?? 0
      columns = (0..<width).map { column in rows.map { $0[column] } }
      count = Double(max(1, rows.count))
      weights = [Double](repeating: 0, count: width)
    }

    func score(_ row: [Double]) -> Double {
      zip(row, weights).reduce(intercept) { $0 + $1.0 * $1.1 }
    }

    mutating func solve(
      targets: [Double], sampleWeights: [Double], strength: Double, sweeps: Int
    ) {
      var rest = targets.map { $0 - intercept }
      for (column, weight) in zip(columns, weights) where weight != 0 {
        for place in rest.indices { rest[place] -= weight * column[place] }
      }
      let whole = sampleWeights.reduce(0, +)
      for _ in 0..<sweeps {
        var largest = 0.0
        let shift = zip(rest, sampleWeights).reduce(0) { $0 + $1.0 * $1.1 } / max(whole, 1e-300)
        intercept += shift
        for place in rest.indices { rest[place] -= shift }
        largest = abs(shift)
        for index in columns.indices {
          largest = max(largest, update(index, &rest, sampleWeights, strength))
        }
        if largest < tolerance { return }
      }
    }

    private mutating func update(
      _ index: Int, _ rest: inout [Double], _ sampleWeights: [Double], _ strength: Double
    ) -> Double {
      let column = columns[index]
      var (product, square) = (0.0, 0.0)
      for place in rest.indices {
        product += sampleWeights[place] * column[place] * rest[place]
        square += sampleWeights[place] * column[place] * column[place]
      }
      guard square > 0 else { return 0 }
      let pull = product / count + square / count * weights[index]
      let shrunk = max(0, abs(pull) - strength) * (pull < 0 ? -1 : 1)
      let change = shrunk / (square / count) - weights[index]
      guard change != 0 else { return 0 }
      weights[index] += change
      for place in rest.indices { rest[place] -= change * column[place] }
      return abs(change)
    }
  }
}
