import HoneConfiguration
import HoneMetrics
import HoneRecords
import HoneText

/// All of one kind of what is built in, under headings.
struct Catalogue {
  /// The verb that lists it.
  let name: String
  /// One of the kind, for messages.
  let noun: Localized
  let groups: [Group]
  /// The keys that may stand beside any of the kind.
  var common: [Parameter] = []

  /// Entries that belong together.
  struct Group {
    let heading: Localized?
    let items: [CatalogueItem]
  }

  var items: [CatalogueItem] { groups.flatMap(\.items) }
}

extension Catalogue {
  /// What a configuration chooses among.
  init(_ family: ComponentFamily) {
    name = family.rawValue
    noun = family.noun
    common = family.common
    let known = family.groups.map { group in
      Group(heading: group.heading, items: group.components.map { CatalogueItem($0, of: family) })
    }
    let others = family.libraryOnly.map { CatalogueItem($0) }
    groups =
      others.isEmpty
      ? known
      : known + [
        Group(
          heading: Localized(
            "Not in a configuration, only in Swift", korean: "설정에는 쓸 수 없고 Swift에서만 사용"),
          items: others)
      ]
  }

  /// What models are judged by.
  static var metrics: Catalogue {
    Catalogue(
      name: "metrics", noun: Localized("metric", korean: "평가 지표"),
      groups: MetricField.allCases.map { field in
        Group(
          heading: field.heading,
          items: MetricName.allCases.filter { MetricField($0) == field }.map { CatalogueItem($0) })
      })
  }

  /// All catalogues, in the order of a document.
  static var all: [Catalogue] { ComponentFamily.allCases.map { Catalogue($0) } + [metrics] }
}

/// What kind of answers a metric judges.
private enum MetricField: CaseIterable {
  case classes, labels, numbers

  init(_ metric: MetricName) {
    self =
      if metric.tasks == [.regression] {
        .numbers
      } else if metric.tasks == [.multilabel] {
        .labels
      } else {
        .classes
      }
  }

  var heading: Localized {
    switch self {
    case .classes: Localized("Classification", korean: "분류")
    case .labels: Localized("Several labels at once", korean: "다중 레이블")
    case .numbers: Localized("Regression", korean: "회귀")
    }
  }
}

extension Catalogue {
  /// What a word finds.
  enum Finding {
    /// The entry of that name, as that name, and other entries that the word occurs in.
    case item(CatalogueItem, Group, others: [String])
    /// The entries that the word occurs in; all for no word.
    case list([Group])
    /// Nothing, but there may be a name like it.
    case nothing(nearest: String?)
  }

  /// Looks a word up among names, then in names, other names and summaries.
  func find(_ word: String?) -> Finding {
    guard let word else { return .list(groups) }
    let wanted = word.lowercased()
    let matching = groups.map { group in
      Group(heading: group.heading, items: group.items.filter { $0.mentions(wanted) })
    }.filter { !$0.items.isEmpty }
    for group in groups {
      let item = group.items.first { item in item.names.contains { $0.lowercased() == wanted } }
      guard let item else { continue }
      let others = matching.flatMap(\.items).map(\.name).filter { $0 != item.name }
      return .item(item, group, others: others)
    }
    if let group = matching.first, matching.count == 1, group.items.count == 1 {
      return .item(group.items[0], group, others: [])
    }
    if !matching.isEmpty { return .list(matching) }
    return .nothing(nearest: nearestMatch(to: word, among: items.flatMap(\.names)))
  }
}

extension CatalogueItem {
  /// Whether a lowercased word occurs in a name or in the summary.
  fileprivate func mentions(_ word: String) -> Bool {
    (names + [summary.english, summary.korean]).contains { $0.lowercased().contains(word) }
  }
}
