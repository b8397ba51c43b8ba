import HoneNumerics

/// The lower triangle L of a symmetric positive definite matrix L Lᵀ, for systems of some hundred
/// unknowns.
struct CholeskyFactor: Sendable {
  let size: Int
  /// Row after row, `[size, size]`; the upper triangle is zero.
  let values: [Double]

  /// The factor, or nil where the matrix is not positive definite.
  init?(_ matrix: SquareMatrix) {
    let n = matrix.size
    var values = matrix.values
    let isDefinite = values.withUnsafeMutableBufferPointer { l -> Bool in
      for column in 0..<n {
        for row in column..<n {
          var sums = SIMD4<Double>.zero
          let (first, second) = (row * n, column * n)
          var k = 0
          while k + 4 <= column {
            let a = SIMD4(l[first + k], l[first + k + 1], l[first + k + 2], l[first + k + 3])
            let b = SIMD4(l[second + k], l[second + k + 1], l[second + k + 2], l[second + k + 3])
            sums += a * b
            k += 4
          }
          var value = l[first + column] - sums.sum()
          while k < column {
            value -= l[first + k] * l[second + k]
            k += 1
          }
          if row == column {
            guard value > 0, value.isFinite else { return false }
            l[first + column] = value.squareRoot()
          } else {
            l[first + column] = value / l[second + column]
          }
        }
      }
      for row in 0..<n { for column in (row + 1)..<max(n, row + 1) { l[row * n + column] = 0 } }
      return true
    }
    guard isDefinite else { return nil }
    size = n
    self.values = values
  }

  /// x of L Lᵀ x = right.
  func solve(_ right: [Double]) -> [Double] {
    var x = right
    for row in 0..<size {
      var value = x[row]
      for k in 0..<row { value -= values[row * size + k] * x[k] }
      x[row] = value / values[row * size + row]
    }
    for row in (0..<size).reversed() {
      x[row] /= values[row * size + row]
      let solved = x[row]
      for k in 0..<row { x[k] -= values[row * size + k] * solved }
    }
    return x
  }

  /// The inverse of L Lᵀ.
  func inverse() -> SquareMatrix {
    let n = size
    // The rows of Lᵀ's inverse, that is the columns of L's, one after the other.
    var columns = [Double](repeating: 0, count: n * n)
    columns.withUnsafeMutableBufferPointer { inverse in
      values.withUnsafeBufferPointer { l in
        for column in 0..<n {
          inverse[column * n + column] = 1 / l[column * n + column]
          for row in (column + 1)..<max(n, column + 1) {
            var value = 0.0
            for k in column..<row { value -= l[row * n + k] * inverse[column * n + k] }
            inverse[column * n + row] = value / l[row * n + row]
          }
        }
      }
    }
    var result = SquareMatrix(size: n)
    result.values.withUnsafeMutableBufferPointer { out in
      columns.withUnsafeBufferPointer { inverse in
        for row in 0..<n {
          for column in 0...row {
            var value = 0.0
            for k in row..<n { value += inverse[row * n + k] * inverse[column * n + k] }
            out[row * n + column] = value
            out[column * n + row] = value
          }
        }
      }
    }
    return result
  }

  /// The logarithm of the matrix's determinant.
  var logDeterminant: Double {
    var sum = 0.0
    for row in 0..<size { sum += values[row * size + row].logarithm }
    return 2 * sum
  }
}
