/// A square matrix of doubles, row-major; for the small systems of statistics, not for models.
package struct SquareMatrix: Sendable, Equatable {
  /// Rows, and columns.
  package let size: Int
  /// `[size, size]`.
  package var values: [Double]

  /// A matrix of zeros.
  package init(size: Int) {
    self.size = size
    values = [Double](repeating: 0, count: size * size)
  }

  /// One element.
  package subscript(row: Int, column: Int) -> Double {
    get { values[row * size + column] }
    set { values[row * size + column] = newValue }
  }

  /// Solves `matrix x = right` for a symmetric positive definite matrix, by Cholesky's factors; nil
  /// where it is not positive definite.
  package func solved(_ right: [Double]) -> [Double]? {
    var factor = self
    for column in 0..<size {
      var pivot = factor[column, column]
      for k in 0..<column { pivot -= factor[column, k] * factor[column, k] }
      guard pivot > 0 else { return nil }
      let root = pivot.squareRoot()
      factor[column, column] = root
      for row in (column + 1)..<max(size, column + 1) {
        var value = factor[row, column]
        for k in 0..<column { value -= factor[row, k] * factor[column, k] }
        factor[row, column] = value / root
      }
    }
    var solution = right
    for row in 0..<size {
      for k in 0..<row { solution[row] -= factor[row, k] * solution[k] }
      solution[row] /= factor[row, row]
    }
    for row in (0..<size).reversed() {
      for k in (row + 1)..<max(size, row + 1) { solution[row] -= factor[k, row] * solution[k] }
      solution[row] /= factor[row, row]
    }
    return solution
  }

  /// Eigenvalues, largest first, and unit eigenvectors of a symmetric matrix, by Jacobi's rotations
  /// (1846): slow beyond a few hundred rows, exact to rounding.
  package func eigen() -> (values: [Double], vectors: [[Double]]) {
    var matrix = self
    var vectors = SquareMatrix(size: size)
    for index in 0..<size { vectors[index, index] = 1 }
    let whole = values.reduce(0) { $0 + $1 * $1 }
    for _ in 0..<100 {
      var rest = 0.0
      for p in 0..<size { for q in 0..<p { rest += matrix[p, q] * matrix[p, q] } }
      if rest <= 1e-30 * whole { break }
      for p in 0..<size {
        for q in (p + 1)..<max(size, p + 1) { matrix.rotate(p, q, &vectors) }
      }
    }
    let order = (0..<size).sorted { (matrix[$1, $1], $0) < (matrix[$0, $0], $1) }
    return (
      order.map { matrix[$0, $0] },
      order.map { column in (0..<size).map { vectors[$0, column] } }
    )
  }

  /// Makes one element off the diagonal zero.
  private mutating func rotate(_ p: Int, _ q: Int, _ vectors: inout SquareMatrix) {
    let off = self[p, q]
    guard off != 0 else { return }
    let ratio = (self[q, q] - self[p, p]) / (2 * off)
    let tangent = (ratio >= 0 ? 1.0 : -1.0) / (abs(ratio) + (ratio * ratio + 1).squareRoot())
    let cosine = 1 / (tangent * tangent + 1).squareRoot()
    let sine = tangent * cosine
    for k in 0..<size {
      let (first, second) = (self[k, p], self[k, q])
      self[k, p] = cosine * first - sine * second
      self[k, q] = sine * first + cosine * second
    }
    for k in 0..<size {
      let (first, second) = (self[p, k], self[q, k])
      self[p, k] = cosine * first - sine * second
      self[q, k] = sine * first + cosine * second
      let (left, right) = (vectors[k, p], vectors[k, q])
      vectors[k, p] = cosine * left - sine * right
      vectors[k, q] = sine * left + cosine * right
    }
  }
}
