/// Turns rows of one table into features by a plan.
struct RowEncoder: Sendable {
  private enum Step: Sendable {
    case number(fill: Double, center: Double, inverse: Double)
    /// The feature of each of the table's own levels, and of a missing value; nil is all zeros.
    case category(features: [Int?], missing: Int?, width: Int)
  }

  private let table: TableSamples
  private let steps: [Step]
  /// Features of a row.
  let width: Int

  /// - Precondition: the plan has the table's columns in the table's order.
  init(_ table: TableSamples, plan: [ColumnPlan]) {
    guard plan.map(\.name) == table.columns.map(\.name) else {
      fatalError(
        "The preprocessor knows the columns \(plan.map(\.name)), the table has "
          + "\(table.columns.map(\.name)): open the table with the preprocessor's reading.")
    }
    self.table = table
    width = plan.reduce(0) { $0 + $1.width }
    steps = zip(plan, table.columns).map { step, column in
      switch step {
      case .number(_, let fill, let center, let scale):
        return .number(fill: fill, center: center, inverse: 1 / scale)
      case .category(_, let levels, let hasOther):
        let other = hasOther ? levels.count : nil
        let features = (column.levels ?? []).map { levels.firstIndex(of: $0) ?? other }
        return .category(
          features: features, missing: levels.firstIndex(of: "") ?? other, width: step.width)
      }
    }
  }

  /// Writes a row's features.
  func encode(_ row: Int, into target: UnsafeMutablePointer<Float>) {
    table.values.withUnsafeBufferPointer { values in
      var source = row * steps.count
      var feature = target
      for step in steps {
        let value = values[source]
        source += 1
        switch step {
        case .number(let fill, let center, let inverse):
          feature.pointee = Float(((value.isFinite ? value : fill) - center) * inverse)
          feature += 1
        case .category(let features, let missing, let width):
          feature.update(repeating: 0, count: width)
          if let hot = value.isNaN ? missing : features[Int(value)] { feature[hot] = 1 }
          feature += width
        }
      }
    }
  }
}
