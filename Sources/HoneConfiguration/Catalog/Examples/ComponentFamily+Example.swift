import HoneRecords

extension ComponentFamily {
  /// A short configuration that uses a component of the family under one of its names.
  ///
  /// It can be read as it stands. Layers stand between what they need before and behind them to be
  /// trained on the bundled digits, images of `[1, 8, 8]`.
  /// - Parameters:
  ///   - component: one of the family.
  ///   - name: its name or another name of it; its name where nil.
  package func example(of component: Component, as name: String? = nil) -> String {
    let name = name ?? component.name
    switch self {
    case .models:
      if component.name == "layers" {
        return ComponentExample.layers(["flatten", "linear: 32", "relu", "linear: classes"])
      }
      return block("model", ["name: \(name)"] + component.written(as: name, extras: 2))
    case .layers: return ComponentExample.layer(component, as: name)
    case .initializers:
      let parameters = ["kind: \(name)"] + component.written(as: name, extras: 2)
      let initializer = "initializer: {\(parameters.joined(separator: ", "))}"
      return ComponentExample.layers([
        "flatten", "linear: {outputs: 32, \(initializer)}", "relu", "linear: classes",
      ])
    case .augmentations: return "augment:\n  - \(component.entry(as: name))\n"
    case .losses: return tagged("loss", component, name)
    case .optimizers: return tagged("optimizer", component, name)
    case .schedules: return tagged("schedule", component, name)
    case .averages: return block("training", ["averaging: \(component.flow(as: name))"])
    case .constraints:
      return block("regularization", ["constraints: [\(component.flow(as: name))]"])
    }
  }

  private func tagged(_ key: String, _ component: Component, _ name: String) -> String {
    let parameters = component.written(as: name, extras: 2)
    // `halveEvery: 5` says the kind by itself.
    let kind = component.shorthand == name ? [] : ["kind: \(name)"]
    return block(key, kind + parameters)
  }

  private func block(_ key: String, _ lines: [String]) -> String {
    "\(key):\n" + lines.map { "  \($0)\n" }.joined()
  }
}

extension Component {
  /// The parameters that must be written, then so many of the others with their defaults, as
  /// `key: value`.
  fileprivate func written(as name: String, extras: Int) -> [String] {
    let implied = aliases[name] ?? [:]
    let required = parameters.filter { $0.isRequired && implied[$0.name] == nil }
    let others = parameters.filter {
      !$0.isRequired && $0.defaultText.written != .null && implied[$0.name] == nil
    }
    return required.map { "\($0.name): \(ComponentExample.value(of: $0, in: self))" }
      + others.prefix(extras).map {
        "\($0.name): \(YAMLWriter.flow($0.defaultText.written, $0.shape))"
      }
  }

  /// `name`, or `name: {key: value}`.
  fileprivate func entry(as name: String) -> String {
    let written = written(as: name, extras: 1)
    return written.isEmpty ? name : "\(name): {\(written.joined(separator: ", "))}"
  }

  /// The entry within brackets.
  fileprivate func flow(as name: String) -> String {
    let entry = entry(as: name)
    return entry == name ? name : "{\(entry)}"
  }

  /// The entry of a layer: with one value where that says all.
  func layerEntry(as name: String) -> String {
    if let text = ComponentExample.layerValues[self.name] { return "\(name): \(text)" }
    let required = parameters.filter(\.isRequired)
    guard let short = parameters.first(where: { $0.name == shorthand }),
      required.allSatisfy({ $0.name == short.name })
    else { return entry(as: name) }
    if short.isRequired { return "\(name): \(ComponentExample.value(of: short, in: self))" }
    let usual = short.defaultText.written
    return usual == .null ? name : "\(name): \(YAMLWriter.flow(usual, short.shape))"
  }
}
