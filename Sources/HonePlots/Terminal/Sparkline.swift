/// A curve in one line of text, of the block characters ▁ to █.
public struct Sparkline: Sendable, Equatable {
  /// The curve; a gap for each number that is not finite.
  public let text: String

  /// The curve of some values.
  /// - Parameters:
  ///   - values: in order; more than `width` are averaged in groups.
  ///   - width: the most characters to use, at least one.
  public init(_ values: [Double], width: Int = 40) {
    let columns = Sparkline.columns(values, width: max(width, 1))
    let finite = columns.filter(\.isFinite)
    guard let lowest = finite.min(), let highest = finite.max() else {
      text = String(repeating: " ", count: columns.count)
      return
    }
    let span = highest - lowest
    text = String(
      columns.map { value -> Character in
        guard value.isFinite else { return " " }
        let share = span > 0 ? (value - lowest) / span : 0.5
        return Sparkline.blocks[min(Int(share * 8), 7)]
      })
  }

  private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  private static func columns(_ values: [Double], width: Int) -> [Double] {
    guard values.count > width else { return values }
    return (0..<width).map { column in
      let start = column * values.count / width
      let group = values[start..<max((column + 1) * values.count / width, start + 1)]
        .filter(\.isFinite)
      return group.isEmpty ? .nan : group.reduce(0, +) / Double(group.count)
    }
  }
}
