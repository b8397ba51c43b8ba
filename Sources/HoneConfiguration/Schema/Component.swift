package import HoneRecords
package import HoneText

/// A default in both forms: as a file says it and as the typed value is coded.
package struct DefaultValue: Sendable {
  /// As a file says it.
  package let written: ConfigurationValue
  /// As the typed value is coded.
  let coded: ConfigurationValue

  static let none = DefaultValue(written: .null, coded: .null)
}

/// The kinds of named things that configurations choose among.
package enum ComponentFamily: String, Sendable, CaseIterable {
  case models, layers, initializers, augmentations, losses, optimizers, schedules
  case averages, constraints

  /// All of the kind, in the order in which they are listed.
  package var components: [Component] {
    switch self {
    case .models: Component.models
    case .layers: Component.layers
    case .initializers: Component.initializers
    case .augmentations: Component.augmentations
    case .losses: Component.losses
    case .optimizers: Component.optimizers
    case .schedules: Component.schedules
    case .averages: Component.averages
    case .constraints: Component.constraints
    }
  }

  /// The component of a name or of another name of it.
  package func component(_ name: String) -> Component? {
    components.first { $0.name == name } ?? components.first { $0.aliases[name] != nil }
  }

  /// What the library has and a configuration refuses in the place of one of the kind, with the reason.
  package var libraryOnly: [LibraryOnly] {
    switch self {
    case .models: LibraryOnly.models
    case .losses: LibraryOnly.losses
    case .initializers: LibraryOnly.initializers
    default: []
    }
  }

  /// All of the kind under headings; one group without a heading for a kind that has no families.
  package var groups: [(heading: Localized?, components: [Component])] {
    switch self {
    case .layers: LayerFamily.allCases.map { ($0.heading, $0.components) }
    case .models: Component.modelGroups
    case .optimizers: Component.optimizerGroups
    case .augmentations: Component.augmentationGroups
    default: [(nil, components)]
    }
  }

  /// The keys that may stand beside any component of the kind.
  package var common: [Parameter] {
    guard case .object(let keys) = ValueShape.configuration else { return [] }
    for case .tagged(let shape) in keys.map(\.shape) where shape.family == self {
      return shape.common
    }
    return []
  }

  /// The names and other names of all of the kind.
  package var names: [String] { components.flatMap(\.names) }

  /// One of the kind, for messages.
  package var noun: Localized {
    switch self {
    case .models: Localized("model", korean: "모델")
    case .layers: Localized("layer", korean: "층")
    case .initializers: Localized("initializer", korean: "초기화 방법")
    case .augmentations: Localized("augmentation", korean: "데이터 증강")
    case .losses: Localized("loss", korean: "손실 함수")
    case .optimizers: Localized("optimizer", korean: "최적화 방법")
    case .schedules: Localized("schedule", korean: "학습률 일정")
    case .averages: Localized("average of weights", korean: "가중치 평균 방법")
    case .constraints: Localized("constraint", korean: "가중치 제약")
    }
  }
}

/// A named thing with parameters.
package struct Component: Sendable {
  package let name: String
  package let summary: Localized
  /// The paper or book it is from; empty where it needs none.
  package let source: String
  /// What it computes, on one line of plain mathematics; empty where the summary says it.
  package let formula: String
  package let parameters: [Parameter]
  /// The parameter that stands for the whole map: `linear: 10` is `linear: {outputs: 10}`.
  package let shorthand: String?
  /// Other names, with the values of parameters that they imply: `maxPool2d` is `maxPool` with
  /// `dimensions: 2`.
  package let aliases: [String: [String: ConfigurationValue]]
  /// What is wrong with values that are each allowed; nil where nothing is.
  let conflict: @Sendable (ParameterValues) -> Localized?

  /// The other name that implies most of the given values and contradicts none: `resnet18`, for a
  /// `resnet` with a depth of 18; nil where there is none.
  package func alias(for values: [String: ConfigurationValue]) -> String? {
    let fitting = aliases.filter { _, implied in
      !implied.isEmpty && implied.allSatisfy { values[$0.key] == $0.value }
    }
    return fitting.max {
      ($0.value.count, $1.key) < ($1.value.count, $0.key)
    }?.key
  }

  /// The name and the other names.
  package var names: [String] { [name] + aliases.keys.sorted() }
}

/// The values of a component's parameters, for checks among them.
struct ParameterValues {
  let values: [String: ConfigurationValue]

  /// The number under a key; nil where another kind of value stands there.
  func number(_ name: String) -> Double? {
    switch values[name] {
    case .integer(let value)?: Double(value)
    case .number(let value)?: value
    default: nil
    }
  }

  subscript(name: String) -> ConfigurationValue? { values[name] }

  /// Whether nothing stands under a key.
  func isNull(_ name: String) -> Bool { values[name] ?? .null == .null }

  /// What is wrong where one number must be below another.
  func disorder(_ low: String, _ high: String, allowsEqual: Bool = false) -> Localized? {
    guard let lower = number(low), let upper = number(high),
      allowsEqual ? lower > upper : lower >= upper
    else { return nil }
    return Localized("\(low) must be below \(high).", korean: "\(low)은(는) \(high)보다 작아야 합니다.")
  }
}

/// Something that the library has and a configuration refuses, or wants in another place.
package struct LibraryOnly: Sendable {
  package let name: String
  /// What it is.
  package let summary: Localized
  /// The paper or book it is from.
  package let source: String
  /// Why, and what to do.
  package let reason: Localized
}

extension Component {
  /// A component whose name and defaults are those of a value of its type.
  init(
    _ example: some Encodable, _ english: String, korean: String, source: String = "",
    formula: String = "", shorthand: String? = nil,
    aliases: [String: [String: ConfigurationValue]] = [:], _ parameters: [Parameter] = [],
    conflict: @escaping @Sendable (ParameterValues) -> Localized? = { _ in nil }
  ) {
    guard case .map(let outer) = ConfigurationValue(coding: example),
      let (name, inner) = outer.first, case .map(let values) = inner
    else { fatalError("A component is an enum case with labelled values, not \(example).") }
    self.name = name
    summary = Localized(english, korean: korean)
    self.source = source
    self.formula = formula
    self.shorthand = shorthand
    self.aliases = aliases
    self.conflict = conflict
    self.parameters = parameters.withDefaults(of: values)
  }
}

extension [Parameter] {
  /// The keys with the defaults that a value of their type has.
  static func of(_ example: some Encodable, _ parameters: [Parameter]) -> [Parameter] {
    guard case .map(let values) = ConfigurationValue(coding: example) else {
      fatalError("Parameters belong to a struct, not to \(example).")
    }
    return parameters.withDefaults(of: values)
  }

  fileprivate func withDefaults(of values: [String: ConfigurationValue]) -> [Parameter] {
    map { parameter in
      // A layer within a layer would ask for the catalogue that is being made.
      if parameter.isRequired { return parameter }
      let coded = values[parameter.name] ?? .null
      return parameter.withDefault(
        DefaultValue(written: parameter.shape.written(coded), coded: coded))
    }
  }
}

extension TaggedShape {
  /// A map whose usual component is that of a value of its type.
  init(
    _ family: ComponentFamily, key: String, usual: some Encodable, payload: String? = nil,
    common: [Parameter] = [], definition: String? = nil
  ) {
    guard case .map(let values) = ConfigurationValue(coding: usual), let name = values.keys.first
    else { fatalError("A component is an enum case with labelled values, not \(usual).") }
    self.init(
      family: family, key: key, usual: name, payload: payload, common: common,
      definition: definition)
  }
}

extension ValueShape {
  /// A map whose defaults are those of a value of its type.
  static func object(_ example: some Encodable, _ parameters: [Parameter]) -> ValueShape {
    .object(.of(example, parameters))
  }
}
