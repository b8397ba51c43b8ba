import Foundation

/// A chart as a value: what Plotly.js calls a figure.
///
/// Nothing here draws. Colours of lines are the same in light and dark; those of text, grid and background come from a
/// ``FigureTheme`` at the moment of drawing.
public struct Figure: Sendable, Codable, Equatable {
  /// The series, in drawing order.
  public var data: [Trace]
  /// Axes, size and marks.
  public var layout: FigureLayout

  /// A figure of traces and layout.
  public init(data: [Trace], layout: FigureLayout) {
    self.data = data
    self.layout = layout
  }

  /// The figure as JSON that may stand inside a `<script>` element: `<` is written as an escape.
  public var json: String { FigureJSON.text(self) }
}

/// JSON for the page: sorted keys, nothing that ends a script element.
enum FigureJSON {
  static func text(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Numbers that JSON lacks were turned into gaps by `Coordinates`; a word keeps any other visible.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let data = try? encoder.encode(value) else {
      fatalError("A figure holds only numbers, words and lists, which JSON can always say.")
    }
    return String(decoding: data, as: UTF8.self)
      .replacingOccurrences(of: "<", with: "\\u003c")
      .replacingOccurrences(of: "\u{2028}", with: "\\u2028")
      .replacingOccurrences(of: "\u{2029}", with: "\\u2029")
  }
}
