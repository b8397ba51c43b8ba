import HoneRecords
import HoneText

/// Reads a tree against a shape: fills in defaults and brings every form that a file may use into
/// the types' own coding, noting every problem and every position on the way.
struct ConfigurationReader {
  let file: String?
  private(set) var problems: [ConfigurationProblem] = []
  private(set) var positions: [String: SourcePosition] = [:]

  init(file: String?) {
    self.file = file
  }

  private static let spaces: Set<String> = ["uniform", "logUniform", "integer", "choice"]

  /// The coded value, or nil where a problem was noted.
  mutating func read(
    _ node: ConfigurationNode, as shape: ValueShape, at path: String
  ) -> ConfigurationValue? {
    if let position = node.position, positions[path] == nil { positions[path] = position }
    switch (shape, node.content) {
    case (.optional, .null): return .null
    case (.optional(let inner), _): return read(node, as: inner, at: path)
    case (.either(let shapes), _): return readEither(node, shapes, shape, at: path)
    case (.flag, .bool(let value)): return .bool(value)
    case (.text, .string(let value)): return .string(value)
    case (.text, .integer(let value)): return .string(String(value))
    case (.integer(let range), .integer(let value)) where range.contains(value):
      return .integer(value)
    case (.integer(let range), .number(let value)):
      if let whole = Int(exactly: value), range.contains(whole) { return .integer(whole) }
    case (.number(let range), .integer(let value)) where range.contains(Double(value)):
      return .number(Double(value))
    case (.number(let range), .number(let value)) where range.contains(value):
      return .number(value)
    case (.choice(let words), .string(let value)) where words.contains(value):
      return .string(value)
    case (.choice(let words), .string(let value)):
      return reject(node, shape, at: path, nearest: nearestMatch(to: value, among: words))
    case (.list(let element, let count), .list(let nodes)) where count.contains(nodes.count):
      return readList(nodes, element, at: path)
    case (.map(let element), .map(let entries)): return readMap(entries, element, at: path)
    case (.map, .null): return .map([:])
    case (.object(let parameters), .map(let entries)):
      return readObject(entries, parameters, at: path, of: node).map { .map($0) }
    case (.object(let parameters), .null):
      return readObject([], parameters, at: path, of: node).map { .map($0) }
    case (.component(let family), _): return readComponent(node, family, at: path)
    case (.tagged(let tagged), _): return readTagged(node, tagged, at: path)
    default: break
    }
    if case .map(let entries) = node.content,
      entries.contains(where: { ConfigurationReader.spaces.contains($0.key) })
    {
      return note(.searchSpace, node, at: path)
    }
    return reject(node, shape, at: path)
  }

  @discardableResult
  private mutating func note(
    _ reason: ConfigurationProblem.Reason, at position: SourcePosition?, path: String
  ) -> ConfigurationValue? {
    problems.append(
      ConfigurationProblem(file: file, position: position, path: path, reason: reason))
    return nil
  }

  @discardableResult
  private mutating func note(
    _ reason: ConfigurationProblem.Reason, _ node: ConfigurationNode, at path: String
  ) -> ConfigurationValue? {
    note(reason, at: node.position, path: path)
  }

  private mutating func reject(
    _ node: ConfigurationNode, _ shape: ValueShape, at path: String, nearest: String? = nil
  ) -> ConfigurationValue? {
    note(
      .unsuitable(found: node.summary, allowed: shape.summary, nearest: nearest), node, at: path)
  }

  private mutating func readList(
    _ nodes: [ConfigurationNode], _ element: ValueShape, at path: String
  ) -> ConfigurationValue? {
    var values: [ConfigurationValue] = []
    for (index, node) in nodes.enumerated() {
      if let value = read(node, as: element, at: "\(path)[\(index)]") { values.append(value) }
    }
    return values.count == nodes.count ? .list(values) : nil
  }

  private mutating func readMap(
    _ entries: [ConfigurationNode.Entry], _ element: ValueShape, at path: String
  ) -> ConfigurationValue? {
    var values: [String: ConfigurationValue] = [:]
    for entry in entries {
      values[entry.key] = read(entry.value, as: element, at: join(path, entry.key))
    }
    return values.count == entries.count ? .map(values) : nil
  }

  private mutating func readEither(
    _ node: ConfigurationNode, _ shapes: [ValueShape], _ whole: ValueShape, at path: String
  ) -> ConfigurationValue? {
    let value = node.value
    let fitting = shapes.filter { $0.matchesKind(of: value) }
    for shape in fitting {
      var attempt = ConfigurationReader(file: file)
      if let result = attempt.read(node, as: shape, at: path), attempt.problems.isEmpty {
        positions.merge(attempt.positions) { old, _ in old }
        return result
      }
    }
    if fitting.count == 1, case .object = fitting[0] {
      return read(node, as: fitting[0], at: path)
    }
    var nearest: String?
    if case .string(let word) = value {
      let words = shapes.flatMap { if case .choice(let words) = $0 { words } else { [String]() } }
      nearest = nearestMatch(to: word, among: words)
    }
    if case .map(let entries) = node.content,
      entries.contains(where: { ConfigurationReader.spaces.contains($0.key) })
    {
      return note(.searchSpace, node, at: path)
    }
    return reject(node, whole, at: path, nearest: nearest)
  }

  /// - Parameter tag: the key that named the component, which is no parameter of it.
  private mutating func readObject(
    _ entries: [ConfigurationNode.Entry], _ parameters: [Parameter], tag: String? = nil,
    at path: String, of node: ConfigurationNode
  ) -> [String: ConfigurationValue]? {
    let before = problems.count
    var values: [String: ConfigurationValue] = [:]
    for entry in entries {
      let place = join(path, entry.key)
      if let position = entry.position { positions[place] = position }
      guard let parameter = parameters.first(where: { $0.name == entry.key }) else {
        let names = [tag].compactMap(\.self) + parameters.map(\.name)
        let nearest = nearestMatch(to: entry.key, among: names)
        note(.unknownKey(nearest: nearest, allowed: names), at: entry.position, path: place)
        continue
      }
      values[entry.key] = read(entry.value, as: parameter.shape, at: place)
    }
    let written = Set(entries.map(\.key))
    for parameter in parameters where !written.contains(parameter.name) {
      if parameter.isRequired {
        note(.missingKey(parameter.name, allowed: parameter.shape.summary), node, at: path)
      } else {
        values[parameter.name] = parameter.defaultText.coded
      }
    }
    return problems.count == before ? values : nil
  }

  private mutating func readComponent(
    _ node: ConfigurationNode, _ family: ComponentFamily, at path: String
  ) -> ConfigurationValue? {
    switch node.content {
    case .string(let name):
      return readComponent(
        name, ConfigurationNode(.null, position: node.position), family, at: path,
        namedAt: node.position)
    case .map(let entries) where entries.count == 1:
      return readComponent(
        entries[0].key, entries[0].value, family, at: path, namedAt: entries[0].position)
    default: return reject(node, .component(family), at: path)
    }
  }

  private mutating func readComponent(
    _ name: String, _ payload: ConfigurationNode, _ family: ComponentFamily, at path: String,
    namedAt position: SourcePosition?
  ) -> ConfigurationValue? {
    guard let component = component(name, family, at: path, position) else { return nil }
    let place = join(path, name)
    if let position { positions[place] = position }
    let entries: [ConfigurationNode.Entry]
    switch payload.content {
    case .null: entries = []
    case .map(let written): entries = written
    default:
      guard let short = component.shorthand else {
        return reject(payload, .object(component.parameters), at: place)
      }
      entries = [.init(key: short, position: payload.position, value: payload)]
    }
    return readParameters(
      of: component, as: name, entries, component.parameters, at: place, of: payload
    )
    .map { .map([component.name: .map($0)]) }
  }

  /// The values of a component's parameters, which must go together.
  private mutating func readParameters(
    of component: Component, as name: String, _ entries: [ConfigurationNode.Entry],
    _ parameters: [Parameter], tag: String? = nil, at path: String, of node: ConfigurationNode
  ) -> [String: ConfigurationValue]? {
    let written = Set(entries.map(\.key))
    let implied = (component.aliases[name] ?? [:]).filter { !written.contains($0.key) }
    let additions = implied.sorted { $0.key < $1.key }.map { key, value in
      ConfigurationNode.Entry(
        key: key, position: node.position, value: ConfigurationNode(value: value))
    }
    guard
      let values = readObject(
        entries + additions, parameters, tag: tag, at: path, of: node)
    else { return nil }
    guard let sentence = component.conflict(ParameterValues(values: values)) else { return values }
    note(.inconsistent(sentence), node, at: path)
    return nil
  }

  private mutating func component(
    _ name: String, _ family: ComponentFamily, at path: String, _ position: SourcePosition?
  ) -> Component? {
    if let component = family.component(name) { return component }
    if let known = family.libraryOnly.first(where: { $0.name == name }) {
      note(.inconsistent(known.reason), at: position, path: path)
      return nil
    }
    note(
      .unknownName(
        name, noun: family.noun, nearest: nearestMatch(to: name, among: family.names),
        allowed: family.components.map(\.name)),
      at: position, path: path)
    return nil
  }

  private mutating func readTagged(
    _ node: ConfigurationNode, _ shape: TaggedShape, at path: String
  ) -> ConfigurationValue? {
    var entries: [ConfigurationNode.Entry]
    switch node.content {
    case .map(let written): entries = written
    case .string:
      entries = [.init(key: shape.key, position: node.position, value: node)]
    case .null where shape.usual != nil: entries = []
    default: return reject(node, .tagged(shape), at: path)
    }
    guard let (component, name) = chooseComponent(&entries, shape, at: path, of: node) else {
      return nil
    }
    let parameters = component.parameters + (shape.payload == nil ? [] : shape.common)
    let read = readParameters(
      of: component, as: name, entries, parameters, tag: shape.key, at: path, of: node)
    guard var values = read else { return nil }
    guard let payload = shape.payload else { return .map([component.name: .map(values)]) }
    var result: [String: ConfigurationValue] = [:]
    for parameter in shape.common {
      result[parameter.name] = values.removeValue(forKey: parameter.name)
    }
    result[payload] = .map([component.name: .map(values)])
    return .map(result)
  }

  /// The component that a map names, by its key or by a parameter that only it has, with the name
  /// that was written; takes the naming entry out.
  private mutating func chooseComponent(
    _ entries: inout [ConfigurationNode.Entry], _ shape: TaggedShape, at path: String,
    of node: ConfigurationNode
  ) -> (Component, String)? {
    if let index = entries.firstIndex(where: { $0.key == shape.key }) {
      let entry = entries.remove(at: index)
      let place = join(path, shape.key)
      if let position = entry.position { positions[place] = position }
      guard case .string(let name) = entry.value.content else {
        _ = reject(entry.value, .choice(shape.family.components.map(\.name)), at: place)
        return nil
      }
      return component(name, shape.family, at: place, entry.value.position).map { ($0, name) }
    }
    for component in shape.family.components {
      guard component.shorthand == component.name else { continue }
      if entries.contains(where: { $0.key == component.name }) {
        return (component, component.name)
      }
    }
    if entries.count == 1, let found = shape.family.component(entries[0].key) {
      let payload = entries[0].value
      let name = entries[0].key
      if case .map(let inner) = payload.content { entries = inner } else { entries = [] }
      return (found, name)
    }
    if let usual = shape.usual { return shape.family.component(usual).map { ($0, usual) } }
    let names = shape.family.components.map(\.name)
    note(
      .missingKey(shape.key, allowed: ValueShape.choice(names).summary), node, at: path)
    return nil
  }

  private func join(_ path: String, _ key: String) -> String {
    path.isEmpty ? key : "\(path).\(key)"
  }
}

extension ConfigurationNode {
  /// What stands there, for messages.
  var summary: Localized {
    switch content {
    case .null: Localized("nothing", korean: "빈 값")
    case .bool(let value): Localized(verbatim: "\(value)")
    case .integer(let value): Localized(verbatim: "\(value)")
    case .number(let value): Localized(verbatim: "\(value)")
    case .string(let value):
      Localized("the text \"\(value)\"", korean: "문자열 \"\(value)\"")
    case .list(let nodes):
      Localized("a list of \(nodes.count) elements", korean: "원소 \(nodes.count)개의 목록")
    case .map(let entries):
      Localized(
        "a map with the keys \(entries.map(\.key).joined(separator: ", "))",
        korean: "키가 \(entries.map(\.key).joined(separator: ", "))인 맵")
    }
  }
}
