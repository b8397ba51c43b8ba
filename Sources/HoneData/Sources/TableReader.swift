import HoneText

/// Finds out what the columns of a table hold and reads them into numbers.
struct TableReader {
  /// Shares and sizes that tell kinds apart; chosen so that a slip of the pen in a column of
  /// numbers is reported and a column of names is not.
  private enum Limit {
    static let numericShare = 0.9
    static let identifierLevels = 64
    /// Names have a word or two, sentences more.
    static let sentenceWords = 3.0
    /// A cell of the first line with this many words is no column's name.
    static let headerWords = 6
  }

  let text: DelimitedText
  let path: String
  let names: [String]
  let hasHeader: Bool
  private(set) var notes: [Localized] = []
  /// Kinds of all columns looked at.
  private(set) var kinds: [String: ColumnKind]
  private let wanted: [String]?
  private let options: DataOptions

  init(_ content: [UInt8], path: String, options: DataOptions) throws(DataError) {
    let content = try TextEncoding.utf8(content, path: path)
    let isJSON = TableReader.isJSON(path)
    let text =
      isJSON
      ? DelimitedText(try JSONObjects(content, path: path))
      : try DelimitedText(content, path: path)
    guard text.rows > 0 else { throw DataError.noRows(path: path) }
    let first = (0..<text.columns).map { text.text(0, $0) }
    let hasNumber = (0..<text.columns).contains { text.number(0, $0) != nil }
    let hasSentence = first.contains { $0.split(separator: " ").count >= Limit.headerWords }
    let hasHeader = isJSON || (options.header ?? !(hasNumber || hasSentence))
    self.text = text
    self.path = path
    self.hasHeader = hasHeader
    names = hasHeader ? first : (1...text.columns).map { "column\($0)" }
    kinds = options.kinds
    wanted = options.columns
    self.options = options
    guard rows > 0 else { throw DataError.noRows(path: path) }
    if let unknown = options.kinds.keys.sorted().first(where: { !names.contains($0) }),
      options.columns == nil
    {
      throw DataError.missingColumn(path: path, column: unknown, columns: names)
    }
    if let twice = names.enumerated().first(where: { names[..<$0.offset].contains($0.element) }) {
      throw DataError.badFile(path: path, reason: "two columns are named '\(twice.element)'")
    }
    if !hasHeader, options.header == nil {
      notes.append(
        Localized(
          "The first line holds data, so the columns are named column1 to column\(text.columns).",
          korean: "첫 줄이 데이터이므로 열 이름을 column1부터 column\(text.columns)까지로 정했습니다."))
    }
  }

  /// Whether a file's name says that it holds JSON.
  static func isJSON(_ path: String) -> Bool {
    var name = path.lowercased()
    if name.hasSuffix(".gz") { name.removeLast(3) }
    return ["jsonl", "json", "ndjson"].contains { name.hasSuffix(".\($0)") }
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
  mutating func features(excluding excluded: [Int]) throws(DataError) -> Features {
    var indices = names.indices.filter { !excluded.contains($0) }
    if let wanted {
      indices = []
      for name in wanted { indices.append(try column(name)) }
    }
    for index in indices {
      kinds[names[index]] = kinds[names[index]] ?? inferredKind(of: index)
    }
    let pictures = indices.filter { kinds[names[$0]] == .image }
    if !pictures.isEmpty {
      return try self.pictures(of: pictures, among: indices, options: options)
    }
    let sentences = indices.filter { kinds[names[$0]] == .text }
    return sentences.isEmpty
      ? try numbers(of: indices) : texts(of: sentences, among: indices)
  }

  /// What models are to see of the rows.
  struct Features {
    let samples: SampleStorage
    /// The columns that were read, in order.
    let columns: [String]
  }

  /// One text for each row: its columns of sentences, one after the other.
  private mutating func texts(of columns: [Int], among all: [Int]) -> Features {
    let others = all.filter { !columns.contains($0) && kinds[names[$0]] != .ignored }
    if !others.isEmpty {
      let list = others.map { "'\(names[$0])'" }.joined(separator: ", ")
      notes.append(
        Localized(
          "A model of texts sees nothing but text: \(list) left out.",
          korean: "텍스트 모델은 텍스트만 입력받으므로 \(list)을(를) 제외했습니다."))
    }
    let rows = firstRow..<text.rows
    let joined = rows.map { row in
      columns.filter { !text.isMissing(row, $0) }.map { text.text(row, $0) }
        .joined(separator: " ")
    }
    let empty = joined.count { $0.allSatisfy(\.isWhitespace) }
    if empty > 0 {
      notes.append(
        Localized(
          "\(empty) rows have no text; they are read as one unknown word.",
          korean: "텍스트가 없는 행 \(empty)개는 모르는 단어 하나로 읽습니다."))
    }
    return Features(
      samples: .text(TextSamples(texts: joined, lines: Array(text.lines[firstRow...]))),
      columns: columns.map { names[$0] })
  }

  /// Numbers and names of levels.
  private func numbers(of indices: [Int]) throws(DataError) -> Features {
    var columns: [TableSamples.Column] = []
    var read: [[Double]] = []
    for index in indices {
      switch kinds[names[index]] ?? .ignored {
      case .ignored, .text, .image: continue
      case .numeric:
        read.append(try numbers(column: index))
        columns.append(TableSamples.Column(name: names[index], levels: nil))
      case .date:
        read.append(try dates(column: index))
        columns.append(TableSamples.Column(name: names[index], levels: nil, isDate: true))
      case .categorical:
        let coded = categories(column: index)
        read.append(coded.codes)
        columns.append(TableSamples.Column(name: names[index], levels: coded.levels))
      }
    }
    guard !columns.isEmpty else {
      throw DataError.unrecognized(path: path, found: "a table without columns to learn from")
    }
    var values = [Double](repeating: 0, count: rows * columns.count)
    for (position, column) in read.enumerated() {
      for sample in 0..<rows { values[sample * columns.count + position] = column[sample] }
    }
    let lines = Array(text.lines[firstRow...])
    return Features(
      samples: .table(TableSamples(columns: columns, values: values, lines: lines)),
      columns: columns.map(\.name))
  }

  private mutating func inferredKind(of column: Int) -> ColumnKind {
    var numbers = 0
    var texts = 0
    var words = 0
    var dates = 0
    var pictures = 0
    var distinct: Set<String> = []
    for row in firstRow..<text.rows where !text.isMissing(row, column) {
      if text.number(row, column) != nil {
        numbers += 1
      } else {
        texts += 1
        let value = text.text(row, column)
        if DateText.seconds(value) != nil { dates += 1 }
        if TableReader.namesPicture(value) { pictures += 1 }
        words += value.split(whereSeparator: \.isWhitespace).count
        distinct.insert(value)
      }
    }
    if numbers + texts == 0 {
      note(ignored: column, english: "is empty", korean: "비어 있어")
      return .ignored
    }
    if Double(numbers) >= Limit.numericShare * Double(numbers + texts) { return .numeric }
    if Double(dates) >= Limit.numericShare * Double(numbers + texts) { return .date }
    if pictures == numbers + texts, distinct.contains(where: hasPicture) { return .image }
    let isManifold = distinct.count > Limit.identifierLevels && distinct.count * 2 > rows
    if isManifold, Double(words) >= Limit.sentenceWords * Double(texts) { return .text }
    if isManifold {
      note(
        ignored: column, english: "has a name of its own for most rows",
        korean: "대부분의 행에서 값이 서로 달라")
      return .ignored
    }
    return .categorical
  }

  mutating func note(_ note: Localized) { notes.append(note) }

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
