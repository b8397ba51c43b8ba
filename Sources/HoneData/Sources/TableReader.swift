import HoneText

/// Finds out what the columns of a table hold and reads them into numbers.
struct TableReader {
  /// Shares and sizes that tell kinds apart; chosen so that a slip of the pen in a column of
  /// numbers is reported and a column of names is not.
  private enum Limit {
    static let numericShare = 0.9
    static let identifierLevels = 64
  }

  let text: DelimitedText
  let path: String
  let names: [String]
  let hasHeader: Bool
  private(set) var notes: [Localized] = []
  /// Kinds of all columns looked at.
  private(set) var kinds: [String: ColumnKind]
  private let wanted: [String]?

  init(_ content: [UInt8], path: String, options: DataOptions) throws(DataError) {
    let text = try DelimitedText(content, path: path)
    guard text.rows > 0 else { throw DataError.noRows(path: path) }
    let first = (0..<text.columns).map { text.text(0, $0) }
    let hasNumber = (0..<text.columns).contains { text.number(0, $0) != nil }
    let hasHeader = options.header ?? !hasNumber
    self.text = text
    self.path = path
    self.hasHeader = hasHeader
    names = hasHeader ? first : (1...text.columns).map { "column\($0)" }
    kinds = options.kinds
    wanted = options.columns
    guard rows > 0 else { throw DataError.noRows(path: path) }
    if let unknown = options.kinds.keys.sorted().first(where: { !names.contains($0) }),
      options.columns == nil
    {
      throw DataError.missingColumn(path: path, column: unknown, columns: names)
    }
    if !hasHeader, options.header == nil {
      notes.append(
        Localized(
          "The first line holds numbers, so the columns are named column1 to column\(text.columns).",
          korean: "첫 줄에 숫자가 있어 열 이름을 column1부터 column\(text.columns)까지로 정했습니다."))
    }
  }

  /// Rows of data.
  var rows: Int { text.rows - firstRow }
  /// The row of the file that holds the first sample.
  var firstRow: Int { hasHeader ? 1 : 0 }

  func line(of sample: Int) -> Int { text.lines[firstRow + sample] }

  func column(_ name: String) throws(DataError) -> Int {
    guard let index = names.firstIndex(of: name) else {
      throw DataError.missingColumn(path: path, column: name, columns: names)
    }
    return index
  }

  func targetColumn(_ name: String?, isRequired: Bool) throws(DataError) -> Int? {
    guard let name else {
      if isRequired { throw DataError.targetNotNamed(path: path, columns: names) }
      return nil
    }
    return isRequired ? try column(name) : names.firstIndex(of: name)
  }

  /// A number for each distinct value of a column.
  func groups(column: Int) -> [Int] {
    var numbers: [String: Int] = [:]
    return (0..<rows).map { sample in
      let value = text.text(firstRow + sample, column)
      let number = numbers[value] ?? numbers.count
      numbers[value] = number
      return number
    }
  }

  /// Reads all columns that models are to see.
  mutating func features(
    excluding excluded: [Int]
  ) throws(DataError) -> (table: TableSamples, indices: [Int]) {
    var indices = names.indices.filter { !excluded.contains($0) }
    if let wanted {
      indices = []
      for name in wanted { indices.append(try column(name)) }
    }
    var columns: [TableSamples.Column] = []
    var read: [[Double]] = []
    var kept: [Int] = []
    for index in indices {
      let kind = kinds[names[index]] ?? inferredKind(of: index)
      kinds[names[index]] = kind
      switch kind {
      case .ignored: continue
      case .numeric:
        read.append(try numbers(column: index))
        columns.append(TableSamples.Column(name: names[index], levels: nil))
      case .categorical:
        let coded = categories(column: index)
        read.append(coded.codes)
        columns.append(TableSamples.Column(name: names[index], levels: coded.levels))
      }
      kept.append(index)
    }
    guard !columns.isEmpty else {
      throw DataError.unrecognized(path: path, found: "a table without columns to learn from")
    }
    var values = [Double](repeating: 0, count: rows * columns.count)
    for (position, column) in read.enumerated() {
      for sample in 0..<rows { values[sample * columns.count + position] = column[sample] }
    }
    let lines = Array(text.lines[firstRow...])
    return (TableSamples(columns: columns, values: values, lines: lines), kept)
  }

  private mutating func inferredKind(of column: Int) -> ColumnKind {
    var numbers = 0
    var texts = 0
    var distinct: Set<String> = []
    for row in firstRow..<text.rows where !text.isMissing(row, column) {
      if text.number(row, column) != nil {
        numbers += 1
      } else {
        texts += 1
        distinct.insert(text.text(row, column))
      }
    }
    if numbers + texts == 0 {
      note(ignored: column, english: "is empty", korean: "비어 있어")
      return .ignored
    }
    if Double(numbers) >= Limit.numericShare * Double(numbers + texts) { return .numeric }
    if distinct.count > Limit.identifierLevels, distinct.count * 2 > rows {
      note(
        ignored: column, english: "has a name of its own for most rows",
        korean: "대부분의 행에서 값이 서로 달라")
      return .ignored
    }
    return .categorical
  }

  private mutating func note(ignored column: Int, english: String, korean: String) {
    notes.append(
      Localized(
        "The column '\(names[column])' \(english) and was left out.",
        korean: "열 '\(names[column])'은(는) \(korean) 제외했습니다."))
  }

  /// The numbers of a column, NaN where missing.
  func numbers(column: Int) throws(DataError) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(rows)
    for row in firstRow..<text.rows {
      if text.isMissing(row, column) {
        values.append(.nan)
      } else if let value = text.number(row, column) {
        values.append(value)
      } else {
        throw DataError.textInNumericColumn(
          path: path, line: text.lines[row], column: names[column], value: text.text(row, column))
      }
    }
    return values
  }

  /// The levels of a column, sorted, and the level of each row, NaN where missing.
  private func categories(column: Int) -> (codes: [Double], levels: [String]) {
    var found: [String: Int] = [:]
    var first: [Double] = []
    for row in firstRow..<text.rows {
      if text.isMissing(row, column) {
        first.append(.nan)
        continue
      }
      let value = text.text(row, column)
      let code = found[value] ?? found.count
      found[value] = code
      first.append(Double(code))
    }
    let levels = found.keys.sorted()
    var order = [Double](repeating: 0, count: levels.count)
    for (index, level) in levels.enumerated() { order[found[level] ?? 0] = Double(index) }
    return (first.map { $0.isNaN ? .nan : order[Int($0)] }, levels)
  }
}
