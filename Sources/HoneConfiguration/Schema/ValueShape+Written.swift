import HoneRecords

extension ValueShape {
  /// The form of a file for a value in the form of the types' own coding; keys that coding leaves
  /// out because they are nil come back as null.
  func written(_ coded: ConfigurationValue) -> ConfigurationValue {
    switch (self, coded) {
    case (_, .null): return .null
    case (.number, .integer(let whole)): return .number(Double(whole))
    case (.optional(let shape), _): return shape.written(coded)
    case (.list(let element, _), .list(let values)): return .list(values.map(element.written))
    case (.map(let element), .map(let values)): return .map(values.mapValues(element.written))
    case (.object(let parameters), .map(let values)):
      return .map(ValueShape.written(values, parameters))
    case (.either(let shapes), _):
      return shapes.first { $0.matchesKind(of: coded) }?.written(coded) ?? coded
    case (.component(let family), .map(let values)):
      guard let (name, payload) = values.first, let component = family.component(name),
        case .map(let parameters) = payload
      else { return coded }
      if component.parameters.isEmpty { return .string(name) }
      let full = ValueShape.written(parameters, component.parameters)
      if let short = component.shorthand, full.count == 1, case .list? = full[short] {
        return .map([name: full[short] ?? .null])
      }
      return .map([name: .map(full)])
    case (.tagged(let shape), .map(let values)): return ValueShape.written(values, shape)
    default: return coded
    }
  }

  private static func written(
    _ values: [String: ConfigurationValue], _ parameters: [Parameter]
  ) -> [String: ConfigurationValue] {
    var result: [String: ConfigurationValue] = [:]
    for parameter in parameters {
      result[parameter.name] = parameter.shape.written(values[parameter.name] ?? .null)
    }
    return result
  }

  private static func written(
    _ values: [String: ConfigurationValue], _ shape: TaggedShape
  ) -> ConfigurationValue {
    var choice = values
    var result: [String: ConfigurationValue] = [:]
    if let payload = shape.payload {
      guard case .map(let inner)? = values[payload] else { return .map(values) }
      choice = inner
      result = written(values, shape.common)
    }
    guard let (name, payload) = choice.first, let component = shape.family.component(name),
      case .map(let parameters) = payload
    else { return .map(values) }
    var written = written(parameters, component.parameters)
    let alias = shape.family == .models ? component.alias(for: parameters) : nil
    for key in (alias.flatMap { component.aliases[$0] } ?? [:]).keys { written[key] = nil }
    if component.shorthand != name { result[shape.key] = .string(alias ?? name) }
    result.merge(written) { $1 }
    return .map(result)
  }

  /// Whether a value is of the kind that this shape describes, leaving bounds and keys aside.
  func matchesKind(of value: ConfigurationValue) -> Bool {
    switch (self, value) {
    case (.flag, .bool), (.text, .string), (.choice, .string), (.list, .list), (.map, .map),
      (.object, .map), (.optional, .null), (.number, .number), (.number, .integer),
      (.integer, .integer), (.component, .string), (.component, .map), (.tagged, .string),
      (.tagged, .map):
      true
    case (.integer, .number(let number)): Int(exactly: number) != nil
    case (.optional(let shape), _): shape.matchesKind(of: value)
    case (.either(let shapes), _): shapes.contains { $0.matchesKind(of: value) }
    default: false
    }
  }
}
