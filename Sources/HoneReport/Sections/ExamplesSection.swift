import Foundation
import HoneRecords
import HoneText

extension ReportWriter {
  /// Examples of a finding: what there is to see, above the samples that show it.
  func examples(_ examples: [FindingExample]) -> HTML {
    .group([
      .tag("h4", text: say("Samples to look at", korean: "살펴볼 표본")),
      .tag("div", "examples", [], examples.map(example)),
    ])
  }

  private func example(_ example: FindingExample) -> HTML {
    .tag(
      "div", "example", [],
      [
        .tag("p", nil, text: example.detail.text(language)),
        .tag("div", "samples", [], example.samples.map(sample)),
      ])
  }

  /// A sample with its name and label; the name alone where there is nothing to look at.
  private func sample(_ name: String) -> HTML {
    let view = views[name]
    var caption: [HTML] = [.tag("code", nil, [("title", name)], [.text(Self.shortened(name))])]
    if let label = view?.label { caption.append(.tag("span", "muted", text: label)) }
    let words = HTML.tag("figcaption", nil, [], caption)
    switch view?.content {
    case .picture(let bytes):
      let source = "data:image/png;base64," + Data(bytes).base64EncodedString()
      let picture = HTML.tag(
        "img", nil, [("src", source), ("alt", name), ("loading", "lazy")])
      return .tag("figure", "sample", [], [picture, words])
    case .text(let text):
      return .tag("figure", "sample wide", [], [.tag("blockquote", text: text), words])
    case .row(let fields):
      var table = HTMLTable(fields.map { HTMLTable.Column($0.name) })
      table.hasRowHeadings = false
      table.rows = [fields.map { .text($0.value.isEmpty ? "–" : $0.value) }]
      return .tag("figure", "sample wide", [], [table.html, words])
    case nil: return .tag("figure", "sample", [], [words])
    }
  }

  /// The last parts of a path: the folder is the same for all.
  private static func shortened(_ name: String) -> String {
    let parts = name.split(separator: "/")
    return parts.count > 3 ? "…/" + parts.suffix(2).joined(separator: "/") : name
  }
}
