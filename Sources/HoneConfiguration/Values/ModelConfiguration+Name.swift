import HoneRecords

extension ModelConfiguration.Architecture {
  /// The name that a file chooses the model by: `mlp`, `resnet18`.
  public var name: String {
    guard case .map(let coded) = ConfigurationValue(coding: self), let (name, payload) = coded.first
    else { fatalError("An architecture is coded as a map of its name, not as \(self).") }
    guard case .map(let values) = payload else { return name }
    return ComponentFamily.models.component(name)?.alias(for: values) ?? name
  }
}
