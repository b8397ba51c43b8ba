import Foundation

/// The cells of a table: where each lies in the bytes.
///
/// CSV and TSV are read as RFC 4180 says, JSON by `JSONObjects`.
/// Quoted fields may hold separators, doubled quotes and line ends. CR LF, LF and a byte-order mark
/// are understood; empty lines are skipped. Blanks around unquoted fields do not count. Quotes that
/// do not enclose a whole field belong to its text.
struct DelimitedText {
  /// One field: its bytes without the outer quotes.
  struct Cell {
    let start: Int
    let end: Int
    let isQuoted: Bool
  }

  private let bytes: [UInt8]
  /// Row after row, `columns` cells each; the first row is a header or data.
  private(set) var cells: [Cell] = []
  /// The line at which each row begins, counted from 1.
  private(set) var lines: [Int] = []
  private(set) var columns = 0
  var rows: Int { lines.count }

  /// Finds the cells.
  /// - Throws: `DataError.raggedRow`, or `badFile` for a quote that is never closed.
  init(_ content: [UInt8], path: String) throws(DataError) {
    // The zero at the end stops strtod.
    bytes = content + [0]
    let end = content.count
    let start = content.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let separator = DelimitedText.separator(of: content[start...])
    var position = start
    var line = 1
    while position < end {
      let rowLine = line
      let before = cells.count
      position = try readRow(
        from: position, end: end, separator: separator, line: &line, path: path)
      let found = cells.count - before
      let isEmpty =
        found == 1 && cells[before].start == cells[before].end && !cells[before].isQuoted
      if isEmpty {
        cells.removeLast()
        continue
      }
      if columns == 0 { columns = found }
      guard found == columns else {
        throw DataError.raggedRow(path: path, line: rowLine, found: found, expected: columns)
      }
      lines.append(rowLine)
    }
  }

  /// Takes the cells of objects; their names become the first row.
  init(_ objects: JSONObjects) {
    var bytes = objects.bytes
    columns = objects.columns.count
    var cells: [Cell] = []
    cells.reserveCapacity((objects.rows.count + 1) * columns)
    for name in objects.columns {
      cells.append(Cell(start: bytes.count, end: bytes.count + name.utf8.count, isQuoted: false))
      bytes += name.utf8
    }
    for row in objects.rows {
      for column in 0..<columns {
        let range = column < row.count ? row[column] ?? 0..<0 : 0..<0
        cells.append(Cell(start: range.lowerBound, end: range.upperBound, isQuoted: false))
      }
    }
    self.bytes = bytes + [0]
    self.cells = cells
    lines = [1] + objects.lines
  }

  /// Reads the cells of one row; returns where the next row begins.
  private mutating func readRow(
    from start: Int, end: Int, separator: UInt8, line: inout Int, path: String
  ) throws(DataError) -> Int {
    var position = start
    while true {
      while position < end, isBlank(bytes[position]), bytes[position] != separator { position += 1 }
      if position < end, bytes[position] == UInt8(ascii: "\""),
        let after = try readQuoted(
          from: position + 1, end: end, separator: separator, line: &line, path: path)
      {
        position = after
      } else {
        let cellStart = position
        while position < end, bytes[position] != separator, !isLineEnd(bytes[position]) {
          position += 1
        }
        var cellEnd = position
        while cellEnd > cellStart, isBlank(bytes[cellEnd - 1]) { cellEnd -= 1 }
        cells.append(Cell(start: cellStart, end: cellEnd, isQuoted: false))
      }
      if position < end, bytes[position] == separator {
        position += 1
        continue
      }
      if position < end, bytes[position] == 13 { position += 1 }
      if position < end, bytes[position] == 10 { position += 1 }
      line += 1
      return position
    }
  }

  /// Reads a quoted cell; returns where it ends, or nil where the quotes are part of the text: when
  /// more text follows the closing one, or a tab-separated text would swallow whole rows.
  private mutating func readQuoted(
    from start: Int, end: Int, separator: UInt8, line: inout Int, path: String
  ) throws(DataError) -> Int? {
    var position = start
    var lineEnds = 0
    var hasTabs = false
    let isTabbed = separator == 9
    while position < end {
      if bytes[position] == 10 { lineEnds += 1 }
      if bytes[position] == 9 { hasTabs = true }
      if bytes[position] == UInt8(ascii: "\"") {
        if bytes[position + 1] != UInt8(ascii: "\"") {
          var after = position + 1
          while after < end, isBlank(bytes[after]), bytes[after] != separator { after += 1 }
          let isWhole = after == end || bytes[after] == separator || isLineEnd(bytes[after])
          guard isWhole, !(isTabbed && lineEnds > 0 && hasTabs) else { return nil }
          cells.append(Cell(start: start, end: position, isQuoted: true))
          line += lineEnds
          return after
        }
        position += 1
      }
      position += 1
    }
    if isTabbed { return nil }
    throw DataError.badFile(
      path: path, reason: "the quote opened in line \(line) is never closed")
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }
  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }

  /// The separator that divides the first lines into equally many fields, the most of them; where
  /// none does, the one that occurs most often in the first line.
  private static func separator(of content: ArraySlice<UInt8>) -> UInt8 {
    let candidates: [UInt8] = [
      UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|"),
    ]
    for heedsQuotes in [true, false] {
      let counts = occurrences(of: candidates, in: content, heedsQuotes: heedsQuotes)
      let steady = candidates.indices.filter { candidate in
        let first = counts.first?[candidate] ?? 0
        return first > 0 && counts.allSatisfy { $0[candidate] == first }
      }
      // Prose is full of commas and holds no tabs: a steady tab is the separator.
      if let tab = steady.first(where: { candidates[$0] == 9 }) { return candidates[tab] }
      if let best = steady.max(by: { (counts[0][$0], $1) < (counts[0][$1], $0) }) {
        return candidates[best]
      }
    }
    let first = occurrences(of: candidates, in: content, heedsQuotes: true).first ?? []
    let best = first.indices.max { (first[$0], $1) < (first[$1], $0) } ?? 0
    return candidates[best]
  }

  /// How often each byte occurs in each of the first lines that are not empty.
  private static func occurrences(
    of candidates: [UInt8], in content: ArraySlice<UInt8>, heedsQuotes: Bool
  ) -> [[Int]] {
    let mostLines = 50
    var lines: [[Int]] = []
    var counts = [Int](repeating: 0, count: candidates.count)
    var isQuoted = false
    var isEmpty = true
    for byte in content {
      if byte == 10, !isQuoted {
        if !isEmpty { lines.append(counts) }
        if lines.count == mostLines { return lines }
        counts = [Int](repeating: 0, count: candidates.count)
        isEmpty = true
        continue
      }
      if byte != 13 { isEmpty = false }
      if heedsQuotes, byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted, let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
    }
    if !isEmpty { lines.append(counts) }
    return lines
  }
}

extension DelimitedText {
  /// The text of a cell, doubled quotes made single.
  func text(_ row: Int, _ column: Int) -> String {
    let cell = cells[row * columns + column]
    let text = String(decoding: bytes[cell.start..<cell.end], as: UTF8.self)
    return cell.isQuoted ? text.replacingOccurrences(of: "\"\"", with: "\"") : text
  }

  /// Whether a cell says that its value is not known.
  func isMissing(_ row: Int, _ column: Int) -> Bool {
    let cell = cells[row * columns + column]
    switch cell.end - cell.start {
    case 0: return true
    case 1: return bytes[cell.start] == UInt8(ascii: "?")
    case 2, 3, 4:
      let word = String(decoding: bytes[cell.start..<cell.end], as: UTF8.self).lowercased()
      return ["na", "n/a", "nan", "null", "none", "#n/a"].contains(word)
    default: return false
    }
  }

  /// The number of a cell, nil where it holds anything else.
  func number(_ row: Int, _ column: Int) -> Double? {
    let cell = cells[row * columns + column]
    return bytes.withUnsafeBytes { raw -> Double? in
      guard let base = raw.baseAddress, cell.end > cell.start else { return nil }
      let start = (base + cell.start).assumingMemoryBound(to: CChar.self)
      var stop: UnsafeMutablePointer<CChar>?
      let value = strtod(start, &stop)
      return stop.map { UnsafeRawPointer($0) } == base + cell.end ? value : nil
    }
  }
}
