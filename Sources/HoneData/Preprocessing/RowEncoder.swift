/// Turns rows of one table into features by a plan.
struct RowEncoder: Sendable {
  private enum Step: Sendable {
    case number(fill: Double, center: Double, inverse: Double)
    /// The feature of each of the table's own levels, and of a missing value; nil is all zeros.
    case category(features: [Int?], missing: Int?, width: Int)
    /// The code of each of the table's own levels, and of a missing value.
    case code(codes: [Float], missing: Float)
    case scaled(ScaledColumn)
    case date(DateColumn)
  }

  private let table: TableSamples
  private let steps: [Step]
  /// Where the features of each step begin: codes stand behind all others.
  private let places: [Int]
  /// Features of a row.
  let width: Int
  /// Features of a row before they are combined, selected and projected.
  private let encodedWidth: Int
  private let combining: [FeatureStep]
  /// Numbers behind the features that stand for levels and are left as they are.
  private let codes: Int

  /// - Precondition: the plan has the table's columns in the table's order.
  init(_ table: TableSamples, plan: [ColumnPlan], combining: [FeatureStep] = []) {
    guard plan.map(\.name) == table.columns.map(\.name) else {
      fatalError(
        "The preprocessor knows the columns \(plan.map(\.name)), the table has "
          + "\(table.columns.map(\.name)): open the table with the preprocessor's reading.")
    }
    self.table = table
    encodedWidth = plan.reduce(0) { $0 + $1.width }
    self.combining = combining
    codes = plan.count { $0.cardinality != nil }
    width = codes + combining.reduce(encodedWidth - codes) { $1.width(of: $0) }
    places = Self.places(of: plan)
    steps = zip(plan, table.columns).map { step, column in
      switch step {
      case .number(_, let fill, let center, let scale):
        return .number(fill: fill, center: center, inverse: 1 / scale)
      case .category(_, let levels, let hasOther):
        let other = hasOther ? levels.count : nil
        let features = (column.levels ?? []).map { levels.firstIndex(of: $0) ?? other }
        return .category(
          features: features, missing: levels.firstIndex(of: "") ?? other, width: step.width)
      case .scaled(let column): return .scaled(column)
      case .date(let column): return .date(column)
      case .hashed(_, let buckets):
        let features = (column.levels ?? []).map {
          Int?(HashedLevel.bucket(of: $0, among: buckets))
        }
        return .category(features: features, missing: nil, width: buckets)
      case .code(_, let levels, let hasOther):
        let unknown = hasOther ? levels.count + 1 : 0
        let known = Dictionary(uniqueKeysWithValues: zip(levels, 1...))
        func code(_ level: String) -> Float { Float(known[level] ?? unknown) }
        return .code(codes: (column.levels ?? []).map(code), missing: code(""))
      }
    }
  }

  /// Writes a row's features.
  func encode(_ row: Int, into target: UnsafeMutablePointer<Float>) {
    guard !combining.isEmpty else { return encodeColumns(row, into: target) }
    var encoded = [Float](repeating: 0, count: encodedWidth)
    encoded.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { encodeColumns(row, into: base) }
    }
    let behind = encoded.suffix(codes)
    let features = combining.reduce(Array(encoded.dropLast(codes))) { $1.applied(to: $0) }
    for (place, value) in (features + behind).enumerated() { target[place] = value }
  }

  /// Writes the features of a row's columns.
  private func encodeColumns(_ row: Int, into target: UnsafeMutablePointer<Float>) {
    table.values.withUnsafeBufferPointer { values in
      let source = row * steps.count
      for (position, step) in steps.enumerated() {
        let value = values[source + position]
        let feature = target + places[position]
        switch step {
        case .number(let fill, let center, let inverse):
          feature.pointee = Float(((value.isFinite ? value : fill) - center) * inverse)
        case .category(let features, let missing, let width):
          feature.update(repeating: 0, count: width)
          if let hot = value.isNaN ? missing : features[Int(value)] { feature[hot] = 1 }
        case .scaled(let column):
          for (offset, number) in column.features(of: value).enumerated() {
            feature[offset] = Float(number)
          }
        case .date(let column):
          for (offset, number) in column.features(of: value).enumerated() {
            feature[offset] = Float(number)
          }
        case .code(let codes, let missing):
          feature.pointee = value.isNaN ? missing : codes[Int(value)]
        }
      }
    }
  }

  /// Where each column's features begin, in the order of the columns.
  private static func places(of plan: [ColumnPlan]) -> [Int] {
    var feature = 0
    var code = plan.reduce(0) { $0 + ($1.cardinality == nil ? $1.width : 0) }
    return plan.map { column in
      defer { if column.cardinality == nil { feature += column.width } else { code += 1 } }
      return column.cardinality == nil ? feature : code
    }
  }
}
