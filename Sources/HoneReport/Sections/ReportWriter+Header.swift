import Foundation

extension ReportWriter {
  /// The top of a page: its title, when its subject was made, and links to its sections.
  /// - Parameter created: nil where nobody knows.
  func header(title: String, created: Date?, sections: [HTML]) -> HTML {
    var top: [HTML] = [.tag("h1", text: title)]
    if let created {
      let stamp = created.formatted(Date.ISO8601FormatStyle())
      let shown = String(stamp.prefix(16)).replacing("T", with: " ") + " UTC"
      top.append(.tag("time", nil, [("datetime", stamp)], [.text(shown)]))
    }
    var children: [HTML] = [
      .tag("div", "topline", [], top),
      .tag(
        "nav", nil, [("aria-label", say("Sections", korean: "목차"))],
        [.tag("ul", nil, [], sections.compactMap(Self.link))]),
    ]
    if !drawsCharts {
      children.append(
        .tag(
          "p", "note",
          text: say(
            "Charts are left out because Plotly.js was not found; every chart's numbers stand in a "
              + "table instead. hone doctor says how to install it.",
            korean: "Plotly.js가 없어 그래프 대신 표로 보입니다. 설치 방법은 hone doctor로 확인하십시오.")))
    }
    return .tag("header", nil, [], children)
  }

  /// A link to a section, by its heading.
  private static func link(_ section: HTML) -> HTML? {
    guard case .element(_, let attributes, let children) = section,
      let id = attributes.first(where: { $0.0 == "id" })?.1,
      case .element("h2", _, let heading) = children.first
    else { return nil }
    return .tag("li", nil, [], [.tag("a", nil, [("href", "#\(id)")], heading)])
  }
}
