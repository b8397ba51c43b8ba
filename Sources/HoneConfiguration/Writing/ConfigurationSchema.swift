public import HoneRecords
public import HoneText

/// The JSON Schema (draft 2020-12) of configuration files, from which editors complete and check.
public enum ConfigurationSchema {
  /// The schema, with descriptions in one language.
  public static func value(_ language: Language) -> ConfigurationValue {
    let writer = SchemaWriter(language: language)
    guard case .map(var schema) = writer.schema(.configuration) else {
      fatalError("The configuration is described as something other than a map.")
    }
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Hone"
    var definitions: [String: ConfigurationValue] = [:]
    for family in ComponentFamily.allCases {
      definitions[family.rawValue] = writer.componentSchema(family)
    }
    for case .tagged(let tagged) in [ValueShape.scheduleStage, .scheduleCourse] {
      definitions[tagged.definition ?? ""] = writer.taggedSchema(tagged)
    }
    schema["$defs"] = .map(definitions)
    return .map(schema)
  }
}

private struct SchemaWriter {
  let language: Language

  func schema(_ shape: ValueShape) -> ConfigurationValue {
    switch shape {
    case .flag: return ["type": "boolean"]
    case .integer(let range):
      var result: [String: ConfigurationValue] = ["type": "integer"]
      if range.lowerBound != Int.min { result["minimum"] = .integer(range.lowerBound) }
      if range.upperBound != Int.max { result["maximum"] = .integer(range.upperBound) }
      return .map(result)
    case .number(let range):
      var result: [String: ConfigurationValue] = ["type": "number"]
      if let lower = range.lower {
        result[range.includesLower ? "minimum" : "exclusiveMinimum"] = .number(lower)
      }
      if let upper = range.upper {
        result[range.includesUpper ? "maximum" : "exclusiveMaximum"] = .number(upper)
      }
      return .map(result)
    case .text: return ["type": "string"]
    case .choice(let words): return ["enum": .list(words.map { .string($0) })]
    case .list(let element, let count):
      var result: [String: ConfigurationValue] = ["type": "array", "items": schema(element)]
      if count.lowerBound > 0 { result["minItems"] = .integer(count.lowerBound) }
      if count.upperBound < Int.max { result["maxItems"] = .integer(count.upperBound) }
      return .map(result)
    case .map(let element): return ["type": "object", "additionalProperties": schema(element)]
    case .object(let parameters): return object(parameters)
    case .optional(let inner): return ["anyOf": [schema(inner), ["type": "null"]]]
    case .either(let shapes): return ["anyOf": .list(shapes.map(schema))]
    case .component(let family): return ["$ref": .string("#/$defs/\(family.rawValue)")]
    case .tagged(let tagged):
      return tagged.definition.map { ["$ref": .string("#/$defs/\($0)")] } ?? taggedSchema(tagged)
    }
  }

  /// A bare name, or a map of the name to its parameters, for each component.
  func componentSchema(_ family: ComponentFamily) -> ConfigurationValue {
    var choices: [ConfigurationValue] = [bareNames(family)]
    for component in family.components {
      var payload: [ConfigurationValue] = [object(component.parameters)]
      if let short = component.parameters.first(where: { $0.name == component.shorthand }) {
        payload.append(schema(short.shape))
      }
      for name in component.names {
        choices.append([
          "type": "object", "description": .string(component.summary.text(language)),
          "properties": .map([name: ["anyOf": .list(payload)]]),
          "required": .list([.string(name)]), "additionalProperties": false,
        ])
      }
    }
    return ["anyOf": .list(choices)]
  }

  /// The names that need no parameters.
  private func bareNames(_ family: ComponentFamily) -> ConfigurationValue {
    let bare = family.components.filter { $0.parameters.allSatisfy { !$0.isRequired } }
    return ["enum": .list(bare.flatMap(\.names).map { .string($0) })]
  }

  func taggedSchema(_ tagged: TaggedShape) -> ConfigurationValue {
    var choices: [ConfigurationValue] = [bareNames(tagged.family)]
    for component in tagged.family.components {
      let parameters = component.parameters + tagged.common
      guard case .map(var map) = object(parameters), case .map(var properties)? = map["properties"]
      else { continue }
      if component.shorthand != component.name {
        properties[tagged.key] = ["enum": .list(component.names.map { .string($0) })]
        let required = parameters.filter(\.isRequired).map(\.name)
        map["required"] = .list(([tagged.key] + required).map { .string($0) })
      }
      map["properties"] = .map(properties)
      map["description"] = .string(component.summary.text(language))
      choices.append(.map(map))
    }
    return ["anyOf": .list(choices)]
  }

  private func object(_ parameters: [Parameter]) -> ConfigurationValue {
    var properties: [String: ConfigurationValue] = [:]
    for parameter in parameters {
      guard case .map(var inner) = schema(parameter.shape) else { continue }
      inner["description"] = .string(parameter.summary.text(language))
      if !parameter.isRequired { inner["default"] = parameter.defaultText.written }
      properties[parameter.name] = .map(inner)
    }
    var result: [String: ConfigurationValue] = [
      "type": "object", "properties": .map(properties), "additionalProperties": false,
    ]
    let required = parameters.filter(\.isRequired).map(\.name)
    if !required.isEmpty { result["required"] = .list(required.map { .string($0) }) }
    return .map(result)
  }
}
