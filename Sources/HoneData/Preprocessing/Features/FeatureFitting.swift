import HoneNumerics
import HoneRecords

/// Learns products, a selection and principal components of a table's features.
struct FeatureFitting {
  /// Numeric columns whose pairs are multiplied, at most: beyond it products outnumber everything else.
  private static let mostFactors = 32
  /// Rows that a selection is learned from, at most.
  private static let mostRows = 4_000

  private(set) var steps: [FeatureStep] = []
  /// Numbers of an input: features, then codes.
  private(set) var width: Int

  init(
    table: TableSamples, columns: [ColumnPlan], rows: [Int], dataset: Dataset,
    options: TableOptions
  ) {
    let codes = columns.count { $0.cardinality != nil }
    width = columns.reduce(0) { $0 + $1.width }
    if options.interactions { addProducts(columns) }
    let selects = options.mutualInformation != nil || options.l1 != nil
    if selects || options.components != nil {
      let chosen = Self.spread(rows, over: Self.mostRows)
      let relevance = FeatureRelevance(dataset, rows: chosen)
      func features() -> [[Double]] {
        Self.features(table, columns, chosen, steps, width: width - codes)
      }
      if let count = options.mutualInformation {
        add(.select(relevance.mostInformative(features(), count: count)), codes)
      }
      if let strength = options.l1 {
        add(.select(relevance.sparse(features(), strength: strength)), codes)
      }
      if let count = options.components {
        add(Self.principalComponents(features(), count: count), codes)
      }
    }
  }

  private mutating func add(_ step: FeatureStep, _ codes: Int) {
    width = codes + step.width(of: width - codes)
    steps.append(step)
  }

  private mutating func addProducts(_ columns: [ColumnPlan]) {
    var factors: [Int] = []
    var place = 0
    for column in columns where column.cardinality == nil {
      switch column {
      case .number, .scaled: factors.append(place)
      case .category, .code, .hashed, .date: break
      }
      place += column.width
    }
    factors = Array(factors.prefix(Self.mostFactors))
    let pairs = factors.indices.flatMap { first in
      factors[(first + 1)...].map { [factors[first], $0] }
    }
    guard !pairs.isEmpty else { return }
    width += pairs.count
    steps.append(.products(pairs))
  }

  /// Samples at equal steps, so that no draw is needed.
  private static func spread(_ rows: [Int], over count: Int) -> [Int] {
    guard rows.count > count else { return rows }
    return (0..<count).map { rows[$0 * rows.count / count] }
  }

  /// `[rows][features]` after the steps so far, without codes.
  private static func features(
    _ table: TableSamples, _ columns: [ColumnPlan], _ rows: [Int], _ steps: [FeatureStep],
    width: Int
  ) -> [[Double]] {
    let encoder = RowEncoder(table, plan: columns, combining: steps)
    var buffer = [Float](repeating: 0, count: encoder.width)
    return rows.map { row in
      buffer.withUnsafeMutableBufferPointer { pointer in
        if let base = pointer.baseAddress { encoder.encode(row, into: base) }
      }
      return buffer.prefix(width).map { Double($0) }
    }
  }

  /// The axes of largest variance, each turned so that its largest part is positive, as scikit-learn's
  /// `PCA` turns them.
  static func principalComponents(_ rows: [[Double]], count: Int) -> FeatureStep {
    let width = rows.first?.count ?? 0
    var center = [Double](repeating: 0, count: width)
    for row in rows { for place in row.indices { center[place] += row[place] } }
    center = center.map { $0 / Double(max(1, rows.count)) }
    var covariance = SquareMatrix(size: width)
    for row in rows {
      let centered = zip(row, center).map { $0 - $1 }
      for first in centered.indices where centered[first] != 0 {
        for second in 0...first {
          covariance[first, second] += centered[first] * centered[second]
        }
      }
    }
    let divisor = Double(max(1, rows.count - 1))
    for first in 0..<width {
      for second in 0...first {
        covariance[first, second] /= divisor
        covariance[second, first] = covariance[first, second]
      }
    }
    let kept = min(count, width)
    let axes = covariance.eigen().vectors.prefix(kept).map { axis in
      let largest = axis.max { abs($0) < abs($1) } ?? 1
      return largest < 0 ? axis.map { -$0 } : axis
    }
    return .project(center: center, axes: Array(axes))
  }
}
