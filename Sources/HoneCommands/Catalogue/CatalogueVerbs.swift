import ArgumentParser
import HoneConfiguration
import HoneRecords
import HoneText

/// A verb that lists one kind of what is built in, shows one of them, or searches.
protocol CatalogueVerb: ParsableCommand {
  static var name: String { get }
  /// Made when it is asked for: parsing a command line asks each verb for its name.
  static var catalogue: Catalogue { get }
  static var purpose: Localized { get }
  var query: CatalogueQuery { get }
}

/// What catalogue verbs understand.
struct CatalogueQuery: ParsableArguments {
  @Argument(
    help: help(
      "A name to show in detail, or a word to search for.", "자세히 볼 이름, 또는 검색할 단어."))
  var word: String?

  @OptionGroup var global: GlobalOptions
}

extension CatalogueVerb {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: name, abstract: localized(purpose.english, purpose.korean))
  }

  mutating func run() throws {
    let context = query.global.context()
    let catalogue = Self.catalogue
    let output = CatalogueOutput(context: context)
    switch catalogue.find(query.word) {
    case .nothing(let nearest):
      throw CommandFailure.unknownName(
        query.word ?? "", noun: catalogue.noun, verb: catalogue.name, nearest: nearest)
    case .item(let item, let group, let others):
      if context.json {
        try emit([.init(heading: group.heading, items: [item])], context)
      } else {
        output.show(item, in: group, others: others)
      }
    case .list(let groups):
      if context.json {
        try emit(groups, context)
      } else {
        output.list(groups, of: catalogue)
      }
    }
  }

  private func emit(_ groups: [Catalogue.Group], _ context: CommandContext) throws {
    let entries = groups.flatMap { group in
      group.items.flatMap { $0.entries(context.language, group: group.heading) }
    }
    try context.emit([Self.name: entries])
  }
}

/// `hone models`.
struct ModelsVerb: CatalogueVerb {
  static let name = "models"
  static var catalogue: Catalogue { Catalogue(.models) }
  static let purpose = Localized(
    "List ready models with their parameters and arithmetic.",
    korean: "준비된 모델을 매개변수 수, 연산량과 함께 나열합니다.")
  @OptionGroup var query: CatalogueQuery
}

/// `hone layers`.
struct LayersVerb: CatalogueVerb {
  static let name = "layers"
  static var catalogue: Catalogue { Catalogue(.layers) }
  static let purpose = Localized("List layers.", korean: "층을 나열합니다.")
  @OptionGroup var query: CatalogueQuery
}

/// `hone initializers`.
struct InitializersVerb: CatalogueVerb {
  static let name = "initializers"
  static var catalogue: Catalogue { Catalogue(.initializers) }
  static let purpose = Localized("List initializers.", korean: "초기화 방법을 나열합니다.")
  @OptionGroup var query: CatalogueQuery
}

/// `hone optimizers`.
struct OptimizersVerb: CatalogueVerb {
  static let name = "optimizers"
  static var catalogue: Catalogue { Catalogue(.optimizers) }
  static let purpose = Localized("List optimizers.", korean: "최적화 방법을 나열합니다.")
  @OptionGroup var query: CatalogueQuery
}

/// `hone schedules`.
struct SchedulesVerb: CatalogueVerb {
  static let name = "schedules"
  static var catalogue: Catalogue { Catalogue(.schedules) }
  static let purpose = Localized("List learning-rate schedules.", korean: "학습률 일정을 나열합니다.")
  @OptionGroup var query: CatalogueQuery
}

/// `hone losses`.
struct LossesVerb: CatalogueVerb {
  static let name = "losses"
  static var catalogue: Catalogue { Catalogue(.losses) }
  static let purpose = Localized("List losses.", korean: "손실 함수를 나열합니다.")
  @OptionGroup var query: CatalogueQuery
}

/// `hone augmentations`.
struct AugmentationsVerb: CatalogueVerb {
  static let name = "augmentations"
  static var catalogue: Catalogue { Catalogue(.augmentations) }
  static let purpose = Localized("List augmentations.", korean: "데이터 증강을 나열합니다.")
  @OptionGroup var query: CatalogueQuery
}

/// `hone metrics`.
struct MetricsVerb: CatalogueVerb {
  static let name = "metrics"
  static var catalogue: Catalogue { .metrics }
  static let purpose = Localized("List metrics.", korean: "평가 지표를 나열합니다.")
  @OptionGroup var query: CatalogueQuery
}
