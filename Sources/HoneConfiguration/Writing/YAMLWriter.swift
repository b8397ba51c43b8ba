import HoneRecords
import HoneText

/// Writes a configuration as YAML in the order of its description, with or without comments.
struct YAMLWriter {
  /// The language of the comments; nil for none.
  let comments: Language?

  /// The column at which comments begin where the line leaves room.
  private static let commentColumn = 40

  func text(_ value: ConfigurationValue, _ shape: ValueShape) -> String {
    var lines: [String] = []
    write(value, shape, indent: 0, into: &lines)
    return lines.joined(separator: "\n") + "\n"
  }

  private func write(
    _ value: ConfigurationValue, _ shape: ValueShape, indent: Int, into lines: inout [String]
  ) {
    guard case .map(let values) = value else { return }
    for (key, inner, summary) in YAMLWriter.keys(values, shape) {
      let child = values[key] ?? .null
      let margin = String(repeating: " ", count: indent)
      if case .map(let map) = child, !map.isEmpty, indent == 0 {
        lines.append(line("\(margin)\(key):", summary))
        write(child, inner ?? .map(.text), indent: indent + 2, into: &lines)
      } else if case .list(let elements) = child, key == "layers" {
        lines.append(line("\(margin)\(key):", summary))
        for element in elements {
          lines.append("\(margin)  - \(YAMLWriter.flow(element, .component(.layers)))")
        }
      } else {
        lines.append(line("\(margin)\(key): \(YAMLWriter.flow(child, inner))", summary))
      }
    }
  }

  private func line(_ text: String, _ summary: Localized?) -> String {
    guard let comments, let summary else { return text }
    let space = max(2, YAMLWriter.commentColumn - text.count)
    return text + String(repeating: " ", count: space) + "# " + summary.text(comments)
  }

  /// The keys of a map in the order of its description, with shape and summary.
  private static func keys(
    _ values: [String: ConfigurationValue], _ shape: ValueShape?
  ) -> [(String, ValueShape?, Localized?)] {
    var known: [(String, ValueShape?, Localized?)] = []
    switch shape {
    case .object(let parameters)?:
      known = parameters.map { ($0.name, $0.shape, $0.summary) }
    case .optional(let inner)?: return keys(values, inner)
    case .either(let shapes)?:
      return keys(values, shapes.first { $0.matchesKind(of: .map(values)) })
    case .tagged(let tagged)?:
      let names = tagged.family.components.map(\.name).joined(separator: ", ")
      known = [(tagged.key, .text, Localized(verbatim: names))]
      var component = tagged.family.components.first {
        $0.shorthand == $0.name && values[$0.name] != nil
      }
      if case .string(let name)? = values[tagged.key] { component = tagged.family.component(name) }
      known += ((component?.parameters ?? []) + tagged.common).map {
        ($0.name, $0.shape, $0.summary)
      }
    case .component(let family)?:
      if let name = values.keys.first, let component = family.component(name) {
        return [(name, .object(component.parameters), nil)]
      }
    default: break
    }
    let names = Set(known.map(\.0))
    let others = values.keys.filter { !names.contains($0) }.sorted()
    return known.filter { values[$0.0] != nil } + others.map { ($0, nil, nil) }
  }

  /// A value on one line.
  static func flow(_ value: ConfigurationValue, _ shape: ValueShape?) -> String {
    switch value {
    case .null: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .integer(let value): return String(value)
    case .number(let value): return plain(value)
    case .string(let value): return scalar(value)
    case .list(let values):
      var element: ValueShape?
      if case .list(let inner, _)? = shape { element = inner }
      if case .optional(.list(let inner, _))? = shape { element = inner }
      return "[" + values.map { flow($0, element) }.joined(separator: ", ") + "]"
    case .map(let values):
      let pairs = keys(values, shape).map { key, inner, _ in
        "\(scalar(key)): \(flow(values[key] ?? .null, inner))"
      }
      return "{" + pairs.joined(separator: ", ") + "}"
    }
  }

  /// A text as a YAML scalar: bare where that reads back as the same text.
  private static func scalar(_ text: String) -> String {
    let safe = text.allSatisfy { $0.isLetter || $0.isNumber || "-_./".contains($0) }
    let starts = text.first.map { $0.isLetter || $0 == "/" || $0 == "." || $0 == "_" } ?? false
    if safe, starts, case .string = ConfigurationNode.plainScalar(text) { return text }
    var quoted = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case let control where control.value < 32 || control.value == 127:
        let digits = String(control.value, radix: 16)
        quoted += "\\x" + String(repeating: "0", count: 2 - digits.count) + digits
      default: quoted.unicodeScalars.append(character)
      }
    }
    return quoted + "\""
  }
}
