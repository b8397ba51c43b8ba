import HoneText
import Yams

extension ConfigurationNode {
  /// The deepest nesting and the most nodes read, so that a file of aliases of aliases ends.
  private static let depthLimit = 100
  private static let nodeLimit = 200_000

  /// What a YAML or JSON text says; nil for a text that says nothing.
  init?(yaml text: String, file: String?) throws(ConfigurationError) {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw ConfigurationNode.explain(error, file: file)
    } catch {
      throw .syntax(file: file, position: nil, detail: "\(error)")
    }
    guard let root else { return nil }
    var count = 0
    self = try ConfigurationNode.convert(root, file: file, depth: 0, count: &count)
  }

  private static func convert(
    _ node: Node, file: String?, depth: Int, count: inout Int
  ) throws(ConfigurationError) -> ConfigurationNode {
    let position = node.mark.map { SourcePosition(line: $0.line, column: $0.column) }
    count += 1
    guard depth < depthLimit, count < nodeLimit else {
      throw .syntax(file: file, position: position, detail: "nested too deeply")
    }
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      return ConfigurationNode(
        isPlain ? plainScalar(scalar.string) : .string(scalar.string), position: position)
    case .sequence(let sequence):
      var elements: [ConfigurationNode] = []
      for element in sequence {
        elements.append(try convert(element, file: file, depth: depth + 1, count: &count))
      }
      return ConfigurationNode(.list(elements), position: position)
    case .mapping(let mapping):
      var entries: [Entry] = []
      for (key, value) in mapping {
        let place = key.mark.map { SourcePosition(line: $0.line, column: $0.column) }
        guard case .scalar(let name) = key else {
          throw .syntax(file: file, position: place, detail: "a key that is not a word")
        }
        let node = try convert(value, file: file, depth: depth + 1, count: &count)
        entries.append(Entry(key: name.string, position: place, value: node))
      }
      return ConfigurationNode(.map(entries), position: position)
    case .alias:
      throw .syntax(file: file, position: position, detail: "an alias without its anchor")
    }
  }

  /// What an unquoted word means by YAML 1.2's core schema: `no` and `on` are words, `1e-3` is a
  /// number.
  static func plainScalar(_ text: String) -> Content {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    default: break
    }
    if let whole = Int(text) { return .integer(whole) }
    let digits = text.drop { $0 == "-" || $0 == "+" || $0 == "." }
    if digits.first?.isASCII == true, digits.first?.isNumber == true,
      !text.lowercased().hasPrefix("0x"), let number = Double(text)
    {
      return .number(number)
    }
    return .string(text)
  }

  private static func explain(_ error: YamlError, file: String?) -> ConfigurationError {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let detail = [context?.text, problem].compactMap(\.self).joined(separator: ": ")
      return .syntax(
        file: file, position: SourcePosition(line: mark.line, column: mark.column), detail: detail)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let place = SourcePosition(line: context.mark.line, column: context.mark.column)
      return .invalid(
        duplicates.sorted().map { key in
          ConfigurationProblem(file: file, position: place, path: key, reason: .duplicateKey)
        })
    case .reader(let problem, _, _, _):
      return .syntax(file: file, position: nil, detail: problem)
    default:
      return .syntax(file: file, position: nil, detail: "\(error)")
    }
  }
}
