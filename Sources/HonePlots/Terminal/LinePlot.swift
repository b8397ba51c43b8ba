import Foundation

/// A curve in several lines of text, of braille dots, with its axes labelled.
///
/// Each character holds two columns of four dots; there are no colours.
public struct LinePlot: Sendable, Equatable {
  /// The lines, top first: the curve with values at its left, then the axis and its ends.
  public let lines: [String]

  /// The curve through some points.
  /// - Parameters:
  ///   - x: ascending.
  ///   - y: as many; what is not finite leaves a gap.
  ///   - width: the columns to fill, labels included.
  ///   - height: the lines of the curve.
  ///   - yLabel: writes a value of the vertical axis.
  ///   - xLabel: writes a value of the horizontal axis.
  public init(
    x: [Double], y: [Double], width: Int = 72, height: Int = 8,
    yLabel: (Double) -> String, xLabel: (Double) -> String
  ) {
    let points = zip(x, y).filter { $0.0.isFinite && $0.1.isFinite }
    guard let first = points.first, let last = points.last else {
      lines = []
      return
    }
    let height = max(height, 2)
    var low = points.map(\.1).min() ?? 0
    var high = points.map(\.1).max() ?? 1
    // A constant has the middle of the picture.
    if low == high { (low, high) = (low - abs(low) / 2 - 1e-12, high + abs(high) / 2 + 1e-12) }
    let labels = (0..<height).map { row -> String in
      let value = high - (high - low) * Double(row) / Double(height - 1)
      return row == 0 || row == height - 1 || row == (height - 1) / 2 ? yLabel(value) : ""
    }
    let margin = labels.map(\.count).max() ?? 0
    let columns = max(width - margin - 3, 4)
    var canvas = BrailleCanvas(columns: columns, rows: height)
    canvas.draw(points, xRange: (first.0, last.0), yRange: (low, high))
    let rows = canvas.rows.enumerated().map { row, text in
      let space = String(repeating: " ", count: margin - labels[row].count)
      return "\(space)\(labels[row]) \(labels[row].isEmpty ? "│" : "┤")\(text)"
    }
    let axis =
      String(repeating: " ", count: margin + 1) + "└" + String(repeating: "─", count: columns)
    let (start, end) = (xLabel(first.0), xLabel(last.0))
    let gap = String(repeating: " ", count: max(columns - start.count - end.count, 1))
    lines = rows + [axis, String(repeating: " ", count: margin + 2) + start + gap + end]
  }
}

/// Dots, two by four to a character.
private struct BrailleCanvas {
  private let columns: Int
  private let height: Int
  private var cells: [[UInt32]]

  /// The bits of a character's dots, by column and row, as Unicode numbers them.
  private static let bits: [[UInt32]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]

  init(columns: Int, rows: Int) {
    self.columns = columns
    height = rows
    cells = [[UInt32]](repeating: [UInt32](repeating: 0, count: columns), count: rows)
  }

  var rows: [String] {
    cells.map { row in
      String(
        String.UnicodeScalarView(row.compactMap { $0 == 0 ? " " : UnicodeScalar(0x2800 + $0) }))
    }
  }

  /// The value of each column of dots, joined to the one before by an upright line.
  mutating func draw(
    _ points: [(Double, Double)], xRange: (Double, Double), yRange: (Double, Double)
  ) {
    let dots = columns * 2
    let last = height * 4 - 1
    var former: Int?
    var place = 0
    for dot in 0..<dots {
      let x = xRange.0 + (xRange.1 - xRange.0) * Double(dot) / Double(max(dots - 1, 1))
      while place + 1 < points.count, points[place + 1].0 <= x { place += 1 }
      let share = (points[place].1 - yRange.0) / (yRange.1 - yRange.0)
      let level = last - Int((share * Double(last)).rounded())
      for row in min(former ?? level, level)...max(former ?? level, level) { set(dot, row) }
      former = level
    }
  }

  private mutating func set(_ x: Int, _ y: Int) {
    guard y >= 0, y < height * 4 else { return }
    cells[y / 4][x / 2] |= Self.bits[x % 2][y % 4]
  }
}
