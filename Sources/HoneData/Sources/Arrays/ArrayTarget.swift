import HoneRecords

/// Reads labels of arrays: names and whole numbers are classes, other numbers values.
struct ArrayTarget {
  let source: String
  let options: DataOptions
  /// Whole numbers of images are always classes; those of features by how many there are.
  let isImage: Bool

  /// The labels of all splits, one after the other; unknown ones where there are no arrays.
  func labels(_ arrays: [StoredArray]?, counts: [Int]) throws(DataError) -> Dataset.Labels {
    let count = counts.reduce(0, +)
    guard let arrays else {
      if options.task != .regression, let classes = options.classes {
        return .classes(classes, [Int32](repeating: -1, count: count))
      }
      return .values([Float](repeating: .nan, count: count))
    }
    var numbers: [Double] = []
    var texts: [String] = []
    for array in arrays {
      if let values = array.doubles {
        numbers += values
      } else if case .texts(let names) = array.elements {
        texts += names
      }
    }
    guard texts.isEmpty || numbers.isEmpty else {
      throw DataError.badFile(
        path: source, reason: "the labels of one split are texts, those of another numbers")
    }
    if !texts.isEmpty { return try classes(texts) }
    if let bad = numbers.firstIndex(where: { !$0.isFinite }) {
      throw DataError.badFile(path: source, reason: "label \(bad) is \(numbers[bad])")
    }
    let hasFractions = numbers.contains { $0 != $0.rounded() }
    let isFloating = arrays.contains(where: \.isFloatingPoint)
    let distinct = Set(numbers).count
    let isMany = distinct > min(TargetReader.mostClasses, max(2, numbers.count / 5))
    let isRegression =
      options.task.map { $0 == .regression }
      ?? (options.classes == nil && (hasFractions || (isMany && (isFloating || !isImage))))
    if isRegression { return .values(numbers.map { Float($0) }) }
    guard !hasFractions, numbers.allSatisfy({ abs($0) < 1e9 }) else {
      throw DataError.badFile(path: source, reason: "classes must be whole numbers or names")
    }
    return try classes(numbers.map { String(Int($0)) })
  }

  private func classes(_ names: [String]) throws(DataError) -> Dataset.Labels {
    let found = Set(names)
    let isNumbered = found.allSatisfy { Int($0) != nil }
    let sorted = found.sorted { first, second in
      isNumbered ? (Int(first) ?? 0) < (Int(second) ?? 0) : first < second
    }
    let map = try ClassMap.resolve(sorted, known: options.classes, path: source)
    let indices = Dictionary(uniqueKeysWithValues: zip(sorted, map.indices))
    let labels = names.map { indices[$0] ?? -1 }
    try ClassMap.requireTwo(labels, classes: map.classes, known: options.classes, path: source)
    return .classes(map.classes, labels)
  }
}
