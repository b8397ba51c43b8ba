import Foundation

/// Rows of words in columns, for people.
struct TextTable {
  private var rows: [[String]] = []
  private let rightAligned: Set<Int>

  /// A table with a heading.
  init(_ heading: [String], rightAligned: Set<Int> = []) {
    rows = [heading]
    self.rightAligned = rightAligned
  }

  mutating func append(_ row: [String]) { rows.append(row) }

  /// The lines; Korean letters take two columns each.
  var lines: [String] {
    let widths = rows.map { $0.map(displayWidth) }
    var columns: [Int] = []
    for row in widths {
      for (column, width) in row.enumerated() {
        if column == columns.count { columns.append(0) }
        columns[column] = max(columns[column], width)
      }
    }
    return zip(rows, widths).map { line($0, $1, columns: columns) }
  }

  private func line(_ row: [String], _ widths: [Int], columns: [Int]) -> String {
    let blank = UInt8(ascii: " ")
    var line: [UInt8] = []
    for (column, word) in row.enumerated() {
      let space = repeatElement(blank, count: columns[column] - widths[column])
      let isLast = column == row.count - 1
      if rightAligned.contains(column) {
        line.append(contentsOf: space)
        line.append(contentsOf: word.utf8)
      } else {
        line.append(contentsOf: word.utf8)
        if !isLast { line.append(contentsOf: space) }
      }
      if !isLast { line += [blank, blank] }
    }
    return String(decoding: line, as: UTF8.self)
  }
}

/// The columns that a text takes on a terminal.
func displayWidth(_ text: String) -> Int {
  if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
  return text.unicodeScalars.reduce(0) { width, scalar in
    switch scalar.value {
    case 0x0300...0x036F: width
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF00...0xFF60:
      width + 2
    default: width + 1
    }
  }
}
