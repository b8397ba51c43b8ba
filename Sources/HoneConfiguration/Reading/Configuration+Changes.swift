public import HoneRecords

extension Configuration {
  /// The configuration with a key set to what a text says as YAML.
  ///
  /// ```swift
  /// let faster = try configuration.setting("optimizer.learningRate", to: "3e-3")
  /// ```
  public func setting(
    _ path: String, to text: String
  ) throws(ConfigurationError) -> Configuration {
    var document = ConfigurationDocument(value)
    try document.set(path, toText: text)
    return try document.resolved(source: source)
  }

  /// The configuration with a remedy's changes, by dotted path.
  ///
  /// Keys that name a component (`optimizer.kind`) are set before the others.
  public func applying(
    _ changes: [String: ConfigurationValue]
  ) throws(ConfigurationError) -> Configuration {
    var document = ConfigurationDocument(value)
    let ordered = changes.sorted { first, second in
      let isName = (first.key.isComponentName, second.key.isComponentName)
      return isName.0 == isName.1 ? first.key < second.key : isName.0
    }
    for (path, value) in ordered { document.set(path, to: value) }
    return try document.resolved(source: source)
  }

  /// The keys in which two configurations differ, with both values; a key that one of them does not
  /// have counts as null.
  public static func difference(
    _ first: Configuration, _ second: Configuration
  ) -> [ConfigurationChange] {
    var changes: [ConfigurationChange] = []
    collect(first.value, second.value, "", &changes)
    return changes.sorted { $0.path < $1.path }
  }

  private static func collect(
    _ first: ConfigurationValue, _ second: ConfigurationValue, _ path: String,
    _ changes: inout [ConfigurationChange]
  ) {
    if first == second { return }
    guard case .map(let a) = first, case .map(let b) = second else {
      changes.append(ConfigurationChange(path: path, old: first, new: second))
      return
    }
    for key in Set(a.keys).union(b.keys) {
      let place = path.isEmpty ? key : "\(path).\(key)"
      collect(a[key] ?? .null, b[key] ?? .null, place, &changes)
    }
  }
}

/// A key that two configurations disagree on.
public struct ConfigurationChange: Sendable, Equatable {
  /// The key path.
  public var path: String
  /// The first configuration's value.
  public var old: ConfigurationValue
  /// The second configuration's value.
  public var new: ConfigurationValue
}

extension String {
  fileprivate var isComponentName: Bool { hasSuffix(".kind") || hasSuffix(".name") }
}
