/// A piece of a page.
///
/// Text and attributes are escaped when the page is rendered, never before.
indirect enum HTML: Sendable {
  /// Words.
  case text(String)
  /// An element with attributes and children.
  case element(String, [(String, String)], [HTML])
  /// Several pieces in order.
  case group([HTML])
  /// Markup of ours, such as a style sheet; never anything that came from a record.
  case verbatim(String)

  /// An element, its class and its children.
  static func tag(
    _ name: String, _ className: String? = nil, _ attributes: [(String, String)] = [],
    _ children: [HTML] = []
  ) -> HTML {
    .element(name, (className.map { [("class", $0)] } ?? []) + attributes, children)
  }

  /// An element that holds words alone.
  static func tag(_ name: String, _ className: String? = nil, text: String) -> HTML {
    tag(name, className, [], [.text(text)])
  }

  /// The markup.
  var rendered: String {
    var output = ""
    write(to: &output)
    return output
  }

  private func write(to output: inout String) {
    switch self {
    case .text(let text): output += HTML.escaped(text)
    case .verbatim(let markup): output += markup
    case .group(let children):
      for child in children { child.write(to: &output) }
    case .element(let name, let attributes, let children):
      output += "<" + name
      for (key, value) in attributes { output += " \(key)=\"\(HTML.escaped(value))\"" }
      output += ">"
      guard !HTML.void.contains(name) else { return }
      for child in children { child.write(to: &output) }
      output += "</\(name)>"
      if HTML.block.contains(name) { output += "\n" }
    }
  }

  /// Words with the five characters that mean something in HTML replaced.
  static func escaped(_ text: String) -> String {
    var output = ""
    output.reserveCapacity(text.utf8.count)
    for character in text.unicodeScalars {
      switch character {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&quot;"
      case "'": output += "&#39;"
      default: output.unicodeScalars.append(character)
      }
    }
    return output
  }

  private static let void: Set<String> = ["br", "hr", "img", "meta", "link"]
  private static let block: Set<String> = [
    "section", "div", "p", "table", "tr", "thead", "tbody", "h1", "h2", "h3", "ul", "li", "figure",
    "details", "header", "footer", "main", "nav", "head", "body", "html", "pre",
  ]
}
