/// A table in memory: one row of numbers a sample.
package struct TableSamples: Sendable {
  /// A column that models see.
  package struct Column: Sendable {
    package let name: String
    /// The names that a categorical column's numbers stand for; nil for a numeric column.
    package let levels: [String]?
    /// Whether a numeric column holds the seconds since 1970 of dates.
    package var isDate = false
  }

  package let columns: [Column]
  /// `[samples, columns]`, row-major; NaN where a value is missing, a level's index in categories.
  package let values: [Double]
  /// The line of the file that each sample stands in.
  package let lines: [Int]

  /// The number of samples.
  package var count: Int { lines.count }
}
