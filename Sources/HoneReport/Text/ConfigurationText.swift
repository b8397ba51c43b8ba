import Foundation
import HoneRecords

/// A configuration as people read it: YAML for the whole, dotted paths for comparisons.
enum ConfigurationText {
  /// The configuration of a run, or nil where its text is not JSON.
  static func value(_ run: RunRecord) -> ConfigurationValue? {
    try? JSONDecoder().decode(ConfigurationValue.self, from: Data(run.configuration.utf8))
  }

  /// The configuration as YAML that `--config` accepts, keys in alphabetical order.
  static func yaml(_ value: ConfigurationValue, indent: Int = 0) -> String {
    let space = String(repeating: "  ", count: indent)
    switch value {
    case .map(let entries) where !entries.isEmpty:
      return entries.sorted { $0.key < $1.key }.map { key, child in
        isBlock(child)
          ? "\(space)\(scalarText(key)):\n\(yaml(child, indent: indent + 1))"
          : "\(space)\(scalarText(key)): \(inline(child))"
      }.joined(separator: "\n")
    case .list(let items) where items.contains(where: isBlock):
      return items.map { "\(space)- \(inline($0))" }.joined(separator: "\n")
    default: return space + inline(value)
    }
  }

  /// A value in one line: `[128, 64]`, `{padding: 4}`.
  static func inline(_ value: ConfigurationValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .number(let number): "\(number)"
    case .string(let text): scalarText(text)
    case .list(let items): "[" + items.map(inline).joined(separator: ", ") + "]"
    case .map(let entries):
      "{"
        + entries.sorted { $0.key < $1.key }
        .map { "\(scalarText($0.key)): \(inline($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  /// Every scalar and list by its dotted path.
  static func flat(_ value: ConfigurationValue, path: String = "") -> [String: ConfigurationValue] {
    guard case .map(let entries) = value, !entries.isEmpty else { return [path: value] }
    return entries.reduce(into: [:]) { result, entry in
      let next = path.isEmpty ? entry.key : "\(path).\(entry.key)"
      result.merge(flat(entry.value, path: next)) { first, _ in first }
    }
  }

  /// The paths whose values differ, in order; nil stands for a key that is absent.
  static func differences(
    _ first: ConfigurationValue, _ second: ConfigurationValue
  ) -> [(path: String, before: ConfigurationValue?, after: ConfigurationValue?)] {
    let before = flat(first)
    let after = flat(second)
    return Set(before.keys).union(after.keys).sorted()
      .filter { before[$0] != after[$0] }.map { ($0, before[$0], after[$0]) }
  }

  /// A change as `key: value`, several joined by commas.
  static func change(_ change: [String: ConfigurationValue]) -> String {
    change.sorted { $0.key < $1.key }.map { "\($0.key): \(inline($0.value))" }
      .joined(separator: ", ")
  }

  private static func isBlock(_ value: ConfigurationValue) -> Bool {
    switch value {
    case .map(let entries): !entries.isEmpty
    case .list(let items): items.contains(where: isBlock)
    default: false
    }
  }

  /// Words that YAML would read as something else are quoted.
  private static func scalarText(_ text: String) -> String {
    let reserved: Set<String> = ["true", "false", "null", "yes", "no", "on", "off", "~", ""]
    let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber || "_-./ ".contains($0) }
    let isSafe =
      isPlain && !reserved.contains(text.lowercased()) && Double(text) == nil
      && text.first?.isLetter == true && text.last != " "
    if isSafe { return text }
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("\n", with: "\\n")
    return "\"\(escaped)\""
  }
}
