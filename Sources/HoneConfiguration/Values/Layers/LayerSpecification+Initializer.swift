import HoneRecords

extension LayerSpecification {
  /// How the file wants the layer's own weights to begin; nil where it leaves that open.
  package var initializer: InitializerSpecification? {
    guard case .map(let outer) = ConfigurationValue(coding: self),
      case .map(let values)? = outer.values.first, let written = values["initializer"],
      written != .null
    else { return nil }
    return try? written.decoded(as: InitializerSpecification.self)
  }
}

/// The name under which a component's value is coded.
func componentName(of value: some Encodable) -> String {
  guard case .map(let coded) = ConfigurationValue(coding: value), let name = coded.keys.first
  else { fatalError("A component is coded as a map of its name, not as \(value).") }
  return name
}
