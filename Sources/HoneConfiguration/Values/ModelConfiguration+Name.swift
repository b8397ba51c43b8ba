import HoneRecords

extension ModelConfiguration.Architecture {
  /// The name that a file chooses the model by: `mlp`.
  public var name: String {
    guard case .map(let coded) = ConfigurationValue(coding: self), let name = coded.keys.first
    else { fatalError("An architecture is coded as a map of its name, not as \(self).") }
    return name
  }
}
