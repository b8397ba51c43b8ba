import Foundation

/// A logistic regression of two classes with a ridge penalty, for tests on data rather than for
/// predictions that matter.
package struct LogisticRegression: Sendable {
  /// One weight for each feature.
  package private(set) var weights: [Double]
  /// The intercept, which is not penalised.
  package private(set) var intercept: Double

  /// Fits by Newton's method, damped where a step would not help.
  /// - Parameters:
  ///   - rows: samples of equal width, on comparable scales.
  ///   - isPositive: the class of each.
  ///   - ridge: the penalty on half the squared weights, beside the summed loss.
  package init(_ rows: [[Double]], isPositive: [Bool], ridge: Double) {
    let width = rows.first?.count ?? 0
    weights = [Double](repeating: 0, count: width)
    let share = Double(isPositive.count { $0 }) / Double(max(1, isPositive.count))
    intercept = share > 0 && share < 1 ? log(share / (1 - share)) : 0
    var loss = self.loss(rows, isPositive, ridge)
    for _ in 0..<25 {
      guard let step = newtonStep(rows, isPositive, ridge) else { return }
      let (oldWeights, oldIntercept) = (weights, intercept)
      var scale = 1.0
      var next = Double.infinity
      while scale > 1e-4 {
        weights = zip(oldWeights, step).map { $0 - scale * $1 }
        intercept = oldIntercept - scale * step[width]
        next = self.loss(rows, isPositive, ridge)
        if next <= loss { break }
        scale /= 2
      }
      guard next < loss else {
        (weights, intercept) = (oldWeights, oldIntercept)
        return
      }
      let gain = loss - next
      loss = next
      if gain < 1e-9 * (1 + loss) { return }
    }
  }

  /// The log odds of the positive class.
  package func score(_ row: [Double]) -> Double {
    zip(row, weights).reduce(intercept) { $0 + $1.0 * $1.1 }
  }

  private func loss(_ rows: [[Double]], _ isPositive: [Bool], _ ridge: Double) -> Double {
    var sum = 0.5 * ridge * weights.reduce(0) { $0 + $1 * $1 }
    for (row, positive) in zip(rows, isPositive) {
      let margin = positive ? score(row) : -score(row)
      sum += margin > 0 ? log1p(exp(-margin)) : log1p(exp(margin)) - margin
    }
    return sum
  }

  /// The Hessian's inverse times the gradient; the intercept comes last.
  private func newtonStep(
    _ rows: [[Double]], _ isPositive: [Bool], _ ridge: Double
  ) -> [Double]? {
    let width = weights.count
    var hessian = SquareMatrix(size: width + 1)
    var gradient = weights.map { ridge * $0 } + [0]
    for (row, positive) in zip(rows, isPositive) {
      let probability = 1 / (1 + exp(-score(row)))
      let error = probability - (positive ? 1 : 0)
      let curvature = probability * (1 - probability)
      for first in 0...width {
        let value = first < width ? row[first] : 1
        gradient[first] += error * value
        let product = curvature * value
        for second in 0...first {
          hessian[first, second] += product * (second < width ? row[second] : 1)
        }
      }
    }
    for first in 0...width {
      for second in 0..<first { hessian[second, first] = hessian[first, second] }
      hessian[first, first] += first < width ? ridge : 1e-9
    }
    return hessian.solved(gradient)
  }
}
