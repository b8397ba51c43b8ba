extension ColumnPlan {
  /// Beyond this many levels the rarest share one feature.
  private static let mostLevels = 64
  /// Beyond this many levels the rarest share one code: a vector for each costs little, and one that
  /// few rows show learns little.
  private static let mostCodes = 4096

  /// Learns the plan of every column from some rows.
  static func fit(
    _ table: TableSamples, rows: [Int], normalization: Normalization,
    categories: CategoryEncoding = .oneHot, options: TableOptions = TableOptions()
  ) -> [ColumnPlan] {
    table.columns.indices.map { position in
      let width = table.columns.count
      let values = rows.map { table.values[$0 * width + position] }
      let column = table.columns[position]
      if column.isDate { return .date(DateColumn(column.name, values)) }
      guard let levels = column.levels else {
        guard options.needsScaledColumns else {
          return number(column.name, values.filter(\.isFinite), normalization)
        }
        return .scaled(ScaledColumn(column.name, values, normalization, options))
      }
      let shown = Set(values.lazy.filter { !$0.isNaN }).count
      if let buckets = options.hashBuckets, categories == .oneHot, shown > mostLevels {
        return .hashed(name: column.name, buckets: buckets)
      }
      return category(column.name, values, levels, categories)
    }
  }

  private static func number(
    _ name: String, _ values: [Double], _ normalization: Normalization
  ) -> ColumnPlan {
    let sorted = values.sorted()
    guard let smallest = sorted.first, let largest = sorted.last else {
      return .number(name: name, fill: 0, center: 0, scale: 1)
    }
    let middle = sorted.count / 2
    let median =
      sorted.count % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2
    let count = Double(sorted.count)
    let mean = sorted.reduce(0) { $0 + $1 / count }
    let deviation = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / count }.squareRoot()
    func usable(_ scale: Double) -> Double { scale > 0 && scale.isFinite ? scale : 1 }
    switch normalization {
    case .none: return .number(name: name, fill: median, center: 0, scale: 1)
    case .unit:
      return .number(
        name: name, fill: median, center: smallest, scale: usable(largest - smallest))
    case .standardize, .explicit:
      // A deviation that rounding alone explains is no deviation.
      let noise = 1e-12 * max(abs(smallest), abs(largest))
      return .number(
        name: name, fill: median, center: mean, scale: deviation > noise ? usable(deviation) : 1)
    }
  }

  private static func category(
    _ name: String, _ values: [Double], _ levels: [String], _ encoding: CategoryEncoding
  ) -> ColumnPlan {
    let mostLevels = encoding == .oneHot ? Self.mostLevels : Self.mostCodes
    var counts = [Int](repeating: 0, count: levels.count)
    var missing = 0
    for value in values {
      if value.isNaN { missing += 1 } else { counts[Int(value)] += 1 }
    }
    var kept = levels.indices.filter { counts[$0] > 0 }
    let hasOther = kept.count > mostLevels
    if hasOther {
      kept.sort { (counts[$1], $0) < (counts[$0], $1) }
      kept = kept.prefix(mostLevels - 1).sorted()
    }
    let names = (missing > 0 ? [""] : []) + kept.map { levels[$0] }
    switch encoding {
    case .oneHot: return .category(name: name, levels: names, hasOther: hasOther)
    case .codes: return .code(name: name, levels: names, hasOther: hasOther)
    }
  }
}
