import Foundation

/// The cells of a CSV or TSV file (RFC 4180): where each lies in the bytes.
///
/// Quoted fields may hold separators, doubled quotes and line ends. CR LF, LF and a byte-order mark
/// are understood; empty lines are skipped. Blanks around unquoted fields do not count.
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

  /// Reads the cells of one row; returns where the next row begins.
  private mutating func readRow(
    from start: Int, end: Int, separator: UInt8, line: inout Int, path: String
  ) throws(DataError) -> Int {
    var position = start
    while true {
      while position < end, isBlank(bytes[position]), bytes[position] != separator { position += 1 }
      if position < end, bytes[position] == UInt8(ascii: "\"") {
        position = try readQuoted(from: position + 1, end: end, line: &line, path: path)
        while position < end, bytes[position] != separator, !isLineEnd(bytes[position]) {
          position += 1
        }
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

  private mutating func readQuoted(
    from start: Int, end: Int, line: inout Int, path: String
  ) throws(DataError) -> Int {
    var position = start
    let opened = line
    while position < end {
      if bytes[position] == 10 { line += 1 }
      if bytes[position] == UInt8(ascii: "\"") {
        guard bytes[position + 1] == UInt8(ascii: "\"") else {
          cells.append(Cell(start: start, end: position, isQuoted: true))
          return position + 1
        }
        position += 1
      }
      position += 1
    }
    throw DataError.badFile(
      path: path, reason: "the quote opened in line \(opened) is never closed")
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }
  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }

  /// The separator that occurs most often in the first line, outside quotes.
  private static func separator(of content: ArraySlice<UInt8>) -> UInt8 {
    let candidates: [UInt8] = [
      UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|"),
    ]
    var counts = [Int](repeating: 0, count: candidates.count)
    var isQuoted = false
    for byte in content {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == 10, !isQuoted { break }
      if !isQuoted, let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
    }
    let best = counts.indices.max { counts[$0] < counts[$1] } ?? 0
    return candidates[best]
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
