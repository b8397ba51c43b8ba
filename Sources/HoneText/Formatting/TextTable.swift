/// A table in plain text, its columns aligned by display width so that Korean lines up.
///
/// ```swift
/// var table = TextTable([.init("remedy"), .init("effect", alignment: .trailing)])
/// table.add(["dropout", "+1.2%"])
/// print(table.text)
/// ```
public struct TextTable: Sendable, Equatable {
  /// The side of a column on which its texts meet.
  public enum Alignment: Sendable { case leading, trailing }

  /// A column's heading and alignment.
  public struct Column: Sendable, Equatable {
    /// The heading.
    public let title: String
    /// Where its texts meet: words lead, numbers trail.
    public let alignment: Alignment
    /// The most columns of the terminal it may take; longer texts end in `…`.
    public let maximumWidth: Int

    /// A column.
    public init(_ title: String, alignment: Alignment = .leading, maximumWidth: Int = .max) {
      self.title = title
      self.alignment = alignment
      self.maximumWidth = maximumWidth
    }
  }

  private let columns: [Column]
  private var rows: [[String]] = []

  /// A table without rows.
  public init(_ columns: [Column]) {
    self.columns = columns
  }

  /// Adds a row.
  /// - Precondition: one text for each column.
  public mutating func add(_ row: [String]) {
    guard row.count == columns.count else {
      fatalError("TextTable of \(columns.count) columns got a row of \(row.count) texts.")
    }
    rows.append(row.map { $0.replacing("\n", with: " ") })
  }

  /// The table: headings, a line, the rows; no blanks at the ends of lines, no final line break.
  public var text: String {
    let widths = columns.indices.map { index in
      let widest = rows.map { $0[index].displayWidth }.max() ?? 0
      let column = columns[index]
      return min(max(column.title.displayWidth, widest), column.maximumWidth)
    }
    let rule = widths.map { String(repeating: "-", count: $0) }
    return ([columns.map(\.title), rule] + rows)
      .map { line($0, widths: widths) }.joined(separator: "\n")
  }

  private func line(_ cells: [String], widths: [Int]) -> String {
    var line = ""
    for (index, cell) in cells.enumerated() {
      let text = cell.truncated(toWidth: widths[index])
      let padding = String(repeating: " ", count: widths[index] - text.displayWidth)
      if index > 0 { line += "  " }
      line += columns[index].alignment == .leading ? text + padding : padding + text
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}
