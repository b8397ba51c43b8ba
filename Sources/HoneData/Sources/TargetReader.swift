import HoneRecords

/// Reads the column to predict: class indices or values.
struct TargetReader {
  /// Whole numbers of more distinct values than this are quantities, not names.
  static let mostClasses = 20

  let reader: TableReader
  /// Nil for a table to predict on that lacks the column.
  let column: Int?
  let options: DataOptions

  func labels() throws(DataError) -> Dataset.Labels {
    guard let column else {
      guard options.task != .regression, let classes = options.classes else {
        return .values([Float](repeating: .nan, count: reader.rows))
      }
      return .classes(classes, [Int32](repeating: -1, count: reader.rows))
    }
    return try isRegression(column) ? values(column) : classes(column)
  }

  private func isRegression(_ column: Int) throws(DataError) -> Bool {
    if let task = options.task { return task == .regression }
    if options.classes != nil { return false }
    var numbers: Set<Double> = []
    var texts = 0
    var known = 0
    var isWhole = true
    for row in reader.firstRow..<reader.text.rows where !reader.text.isMissing(row, column) {
      known += 1
      if let value = reader.text.number(row, column) {
        numbers.insert(value)
        isWhole = isWhole && value == value.rounded()
      } else {
        texts += 1
      }
    }
    let isMany = numbers.count > min(TargetReader.mostClasses, max(2, reader.rows / 5))
    if texts > 0 { return isMany && texts * 10 < known }
    return isMany || !isWhole
  }

  private func requireValue(_ row: Int, _ column: Int) throws(DataError) {
    if reader.text.isMissing(row, column) {
      throw DataError.missingTarget(
        path: reader.path, line: reader.text.lines[row], column: reader.names[column])
    }
  }

  private func values(_ column: Int) throws(DataError) -> Dataset.Labels {
    let values = try reader.numbers(column: column)
    for (sample, value) in values.enumerated() where !value.isFinite {
      throw DataError.missingTarget(
        path: reader.path, line: reader.line(of: sample), column: reader.names[column])
    }
    return .values(values.map { Float($0) })
  }

  private func classes(_ column: Int) throws(DataError) -> Dataset.Labels {
    var names: [String] = []
    names.reserveCapacity(reader.rows)
    for row in reader.firstRow..<reader.text.rows {
      try requireValue(row, column)
      let number = reader.text.number(row, column)
      let whole = number.flatMap { Int(exactly: $0) }
      names.append(whole.map { String($0) } ?? reader.text.text(row, column))
    }
    let found = Set(names)
    let isNumbered = found.allSatisfy { Int($0) != nil }
    let sorted = found.sorted { first, second in
      isNumbered ? (Int(first) ?? 0) < (Int(second) ?? 0) : first < second
    }
    let map = try ClassMap.resolve(sorted, known: options.classes, path: reader.path)
    var indices: [String: Int32] = [:]
    for (position, name) in sorted.enumerated() { indices[name] = map.indices[position] }
    return .classes(map.classes, names.map { indices[$0] ?? -1 })
  }
}
