/// Pearson's chi-squared test that rows and columns of a table of counts are independent, without
/// continuity correction.
public struct ContingencyTest: Sendable, Equatable {
  /// The sum of squared deviations over what is expected.
  public let statistic: Double
  /// One less than the rows times one less than the columns.
  public let degreesOfFreedom: Int
  /// The p-value; 1 where there is nothing to compare.
  public let pValue: Double
  /// Cramér's V, the strength of the dependence, 0...1.
  public let cramersV: Double

  /// Tests a table, row after row; rows and columns without counts are left out.
  /// - Precondition: rows have one length; counts are not negative.
  public init(_ table: [[Int]]) {
    let columns = (table.first?.indices ?? 0..<0).filter { column in
      table.contains { $0[column] > 0 }
    }
    let rows = table.filter { row in row.contains { $0 > 0 } }
      .map { row in columns.map { Double(row[$0]) } }
    let total = rows.reduce(0) { $0 + $1.reduce(0, +) }
    let degrees = max(0, rows.count - 1) * max(0, columns.count - 1)
    degreesOfFreedom = degrees
    guard degrees > 0 else {
      (statistic, pValue, cramersV) = (0, 1, 0)
      return
    }
    let columnSums = columns.indices.map { column in rows.reduce(0) { $0 + $1[column] } }
    var sum = 0.0
    for row in rows {
      let rowSum = row.reduce(0, +)
      for (count, columnSum) in zip(row, columnSums) {
        let expected = rowSum * columnSum / total
        sum += (count - expected) * (count - expected) / expected
      }
    }
    statistic = sum
    pValue = ChiSquareDistribution(degreesOfFreedom: Double(degrees)).upperTail(sum)
    let smaller = Double(min(rows.count, columns.count) - 1)
    cramersV = (sum / (total * smaller)).squareRoot()
  }
}
