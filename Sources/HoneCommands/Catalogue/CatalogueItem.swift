import HoneConfiguration
import HoneMetrics
import HoneRecords
import HoneText

/// One entry of a catalogue: a layer, a loss, a metric.
struct CatalogueItem {
  let name: String
  /// Names that mean the same, some with other values of parameters.
  var aliases: [String] = []
  let summary: Localized
  /// What it computes; nil where the summary says it.
  var formula: Localized?
  /// The paper or book it is from; empty where it needs none.
  var source = ""
  var parameters: [Parameter] = []
  /// A configuration that uses it; empty where a configuration cannot.
  var example = ""
  /// Why a configuration refuses what the library has; nil where it does not.
  var refusal: Localized?
  /// The published sizes of a model.
  var sizes: [ModelReference] = []
  /// What JSON says of this kind of thing besides.
  var facts: [String: ConfigurationValue] = [:]

  var names: [String] { [name] + aliases }
}

extension CatalogueItem {
  /// A component of a configuration.
  init(_ component: Component, of family: ComponentFamily) {
    name = component.name
    aliases = component.aliases.keys.sorted()
    summary = component.summary
    formula = component.formula.isEmpty ? nil : Localized(verbatim: component.formula)
    source = component.source
    parameters = component.parameters
    example = family.example(of: component)
    guard family == .models else { return }
    sizes = ModelReference.all(of: component)
    for key in ["input", "outputs", "parameterCount", "multiplyAdds", "flops"] {
      facts[key] = .null
    }
    facts["family"] = .string(name)
  }

  /// Something that the library has and a configuration refuses.
  init(_ item: LibraryOnly) {
    name = item.name
    summary = item.summary
    source = item.source
    refusal = item.reason
  }

  /// A metric.
  init(_ metric: MetricName) {
    name = metric.rawValue
    summary = metric.label
    formula = metric.formula
    source = metric.source
    example = "training:\n  metric: \(metric.rawValue)\n"
    facts = [
      "largerIsBetter": .bool(metric.isBetterWhenLarger),
      "tasks": .list(metric.tasks.map { .string($0.rawValue) }),
    ]
  }
}

extension CatalogueItem {
  /// The entry as JSON; a model has one for each name of a published size.
  func entries(_ language: Language, group: Localized?) -> [ConfigurationValue] {
    var entry = facts
    entry["name"] = .string(name)
    entry["aliases"] = .list(aliases.map { .string($0) })
    entry["group"] = group.map { .string($0.text(language)) } ?? .null
    entry["summary"] = .string(summary.text(language))
    entry["formula"] = formula.map { .string($0.text(language)) } ?? .null
    entry["source"] = .string(source)
    entry["example"] = .string(example)
    entry["refusal"] = refusal.map { .string($0.text(language)) } ?? .null
    entry["parameters"] = .list(parameters.map { $0.entry(language) })
    if sizes.isEmpty { return [.map(entry)] }
    let isSize = sizes.contains { $0.name == name }
    return (isSize ? [] : [.map(entry)])
      + sizes.map { size in .map(entry.merging(size.entry) { $1 }) }
  }
}

extension Parameter {
  fileprivate func entry(_ language: Language) -> ConfigurationValue {
    [
      "name": .string(name), "summary": .string(summary.text(language)),
      "allowed": .string(shape.summary.text(language)), "required": .bool(isRequired),
      "default": defaultText.written,
    ]
  }
}

extension ModelReference {
  fileprivate var entry: [String: ConfigurationValue] {
    [
      "name": .string(name),
      "input": .list(use.input.map { .integer($0) }), "outputs": .integer(use.outputs),
      "parameterCount": .integer(parameters), "multiplyAdds": .integer(multiplyAdds),
      "flops": .integer(flops),
    ]
  }
}
