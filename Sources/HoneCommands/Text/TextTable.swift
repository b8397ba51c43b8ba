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
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? displayWidth($0[column]) : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, word) in row.enumerated() {
        let space = String(repeating: " ", count: widths[column] - displayWidth(word))
        let isLast = column == row.count - 1
        line += rightAligned.contains(column) ? space + word : word + (isLast ? "" : space)
        if !isLast { line += "  " }
      }
      return line
    }
  }
}

/// The columns that a text takes on a terminal.
func displayWidth(_ text: String) -> Int {
  text.unicodeScalars.reduce(0) { width, scalar in
    switch scalar.value {
    case 0x0300...0x036F: width
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF00...0xFF60:
      width + 2
    default: width + 1
    }
  }
}
