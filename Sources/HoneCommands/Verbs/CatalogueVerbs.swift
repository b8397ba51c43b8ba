import ArgumentParser
import HoneConfiguration
import HoneRecords
import HoneText

/// A verb that lists one kind of what is built in, from the configuration's own description.
protocol CatalogueVerb: ParsableCommand {
  static var name: String { get }
  static var purpose: (String, String) { get }
  static var family: ComponentFamily { get }
  var global: GlobalOptions { get }
}

extension CatalogueVerb {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: name, abstract: localized(purpose.0, purpose.1))
  }

  mutating func run() throws {
    let context = global.context()
    let components = Self.family.components
    if context.json {
      let entries = components.map { CatalogueEntry($0, context.language) }
      try context.emit([Self.name: entries])
      return
    }
    for component in components { Self.say(component, context) }
  }

  static func say(_ component: Component, _ context: CommandContext) {
    let source = component.source.isEmpty ? "" : " (\(component.source))"
    let name = context.terminal.styled(component.name, .bold)
    context.say("\(name): \(context.text(component.summary))\(source)")
    for parameter in component.parameters {
      let value =
        parameter.isRequired
        ? context.text(Localized("required", korean: "필수"))
        : RunComparison.text(parameter.defaultText.written)
      context.say(
        "  \(parameter.name) = \(value): \(context.text(parameter.summary)); "
          + context.text(parameter.shape.summary))
    }
  }
}

/// The JSON of one catalogue entry.
struct CatalogueEntry: Encodable {
  let name: String
  let summary: String
  let source: String
  let parameters: [Parameter]

  struct Parameter: Encodable {
    let name: String
    let summary: String
    let allowed: String
    let required: Bool
    let `default`: ConfigurationValue
  }

  init(_ component: Component, _ language: Language) {
    name = component.name
    summary = component.summary.text(language)
    source = component.source
    parameters = component.parameters.map {
      Parameter(
        name: $0.name, summary: $0.summary.text(language), allowed: $0.shape.summary.text(language),
        required: $0.isRequired, default: $0.defaultText.written)
    }
  }
}

struct LayersVerb: CatalogueVerb {
  static let name = "layers"
  static let purpose = ("List layers.", "층을 나열합니다.")
  static let family = ComponentFamily.layers
  @OptionGroup var global: GlobalOptions
}

struct InitializersVerb: CatalogueVerb {
  static let name = "initializers"
  static let purpose = ("List initializers.", "초기화 방법을 나열합니다.")
  static let family = ComponentFamily.initializers
  @OptionGroup var global: GlobalOptions
}

struct OptimizersVerb: CatalogueVerb {
  static let name = "optimizers"
  static let purpose = ("List optimizers.", "최적화 방법을 나열합니다.")
  static let family = ComponentFamily.optimizers
  @OptionGroup var global: GlobalOptions
}

struct SchedulesVerb: CatalogueVerb {
  static let name = "schedules"
  static let purpose = ("List learning-rate schedules.", "학습률 일정을 나열합니다.")
  static let family = ComponentFamily.schedules
  @OptionGroup var global: GlobalOptions
}

struct LossesVerb: CatalogueVerb {
  static let name = "losses"
  static let purpose = ("List losses.", "손실 함수를 나열합니다.")
  static let family = ComponentFamily.losses
  @OptionGroup var global: GlobalOptions
}

struct AugmentationsVerb: CatalogueVerb {
  static let name = "augmentations"
  static let purpose = ("List augmentations.", "데이터 증강을 나열합니다.")
  static let family = ComponentFamily.augmentations
  @OptionGroup var global: GlobalOptions
}

struct DataSetsVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "datasets", abstract: localized("List built-in data sets.", "내장 데이터를 나열합니다."))
  }

  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let context = global.context()
    if context.json {
      try context.emit(["datasets": BuiltInDataSet.all])
      return
    }
    for set in BuiltInDataSet.all {
      let shape = set.shape.map(String.init).joined(separator: "×")
      context.say(
        Localized(
          "\(set.name): \(set.samples) samples of \(shape), \(set.classes) classes (\(set.source))",
          korean: "\(set.name): \(shape) 샘플 \(set.samples)개, 클래스 \(set.classes)개 (\(set.source))"))
    }
  }
}
