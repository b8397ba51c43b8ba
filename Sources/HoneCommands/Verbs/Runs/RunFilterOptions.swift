public import ArgumentParser
import Foundation
public import HoneRecords
import HoneText

/// Which runs a verb is about: the filters of `list`, `export` and `prune`.
struct RunFilterOptions: ParsableArguments {
  @Option(help: help("Only runs of this status.", "이 상태의 실행만."))
  var status: RunStatus?
  @Option(help: help("Only runs with this label.", "이 꼬리표가 붙은 실행만."))
  var tag: String?
  @Option(help: help("Only runs whose name or data holds this.", "이름이나 데이터에 이 말이 있는 실행만."))
  var text: String?
  @Option(help: help("Only runs of this model: mlp, cnn, …", "이 모델의 실행만: mlp, cnn, …"))
  var model: String?
  @Option(
    help: help(
      "Only runs on this data: part of its name, or the start of its fingerprint.",
      "이 데이터의 실행만: 이름의 일부 또는 지문의 앞부분."))
  var data: String?
  @Option(help: help("Only runs with this finding: overfit, …", "이 진단이 나온 실행만: overfit, …"))
  var finding: FindingName?
  @Option(
    help: help(
      "Only runs since a date (2026-11-21) or for so long (7d, 12h, 30m).",
      "이 날짜(2026-11-21) 또는 기간(7d, 12h, 30m) 이후의 실행만.", valueName: "when"))
  var since: Moment?
  @Option(
    help: help(
      "Only runs before a date or so long ago.", "이 날짜 또는 이만큼 전보다 앞선 실행만.", valueName: "when"))
  var before: Moment?
  @Option(
    name: .customLong("where"), parsing: .singleValue,
    help: help(
      "Only runs with such a number: 'accuracy>=0.9', 'epochs<5'; repeatable.",
      "이 숫자 조건에 맞는 실행만: 'accuracy>=0.9', 'epochs<5'. 여러 번 쓸 수 있습니다.",
      valueName: "condition"))
  var conditions: [NumberCondition] = []
  @Flag(help: help("Also runs of series, folds and experiments.", "시리즈, 폴드, 실험에 속한 실행도 함께."))
  var all = false
  @Option(help: help("At most so many.", "최대 개수."))
  var limit: Int?

  /// The filter that the options describe.
  var filter: RunFilter {
    var filter = RunFilter(
      status: status, tag: tag, text: text, includesChildren: all, limit: limit)
    filter.model = model
    filter.data = data
    filter.finding = finding
    filter.since = since?.date
    filter.before = before?.date
    filter.conditions = conditions
    return filter
  }

  /// The same with the runs that belong to others.
  var withChildren: RunFilterOptions {
    var options = self
    options.all = true
    return options
  }

  /// Whether nothing is asked for, so that all runs match.
  var isEmpty: Bool {
    var filter = filter
    filter.includesChildren = false
    return filter == RunFilter()
  }

  /// The filter, after the names in its conditions were found in the store.
  /// - Throws: `CommandFailure.usage` with the nearest name.
  func checkedFilter(_ store: any RunStore) throws -> RunFilter {
    let filter = filter
    guard !filter.conditions.isEmpty else { return filter }
    let names = try store.numberNames()
    for condition in filter.conditions where !names.contains(condition.name) && !names.isEmpty {
      let nearest = nearestMatch(to: condition.name, among: names)
      let hint = nearest ?? names.joined(separator: ", ")
      throw CommandFailure.usage(
        Localized(
          "no run has a number \"\(condition.name)\"; nearest: \(hint).",
          korean: "\"\(condition.name)\"이라는 숫자가 있는 실행이 없습니다. 가까운 이름: \(hint)."))
    }
    return filter
  }
}

/// A moment as the user writes it: a date, a date with a time, or a time ago.
struct Moment: ExpressibleByArgument, Equatable {
  let date: Date

  init?(argument: String) { self.init(argument, now: Date()) }

  /// - Parameter now: what a time ago is counted from.
  init?(_ text: String, now: Date) {
    let units: [Character: Double] = ["m": 60, "h": 3600, "d": 86_400, "w": 604_800]
    if let unit = text.last.flatMap({ units[$0] }), let count = Double(text.dropLast()),
      count.isFinite, count >= 0
    {
      date = now - count * unit
      return
    }
    let styles = [
      Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle().year().month().day(),
    ]
    guard let date = styles.lazy.compactMap({ try? $0.parse(text) }).first else { return nil }
    self.date = date
  }
}

extension NumberCondition: ExpressibleByArgument {
  /// A condition as the user writes it: `validationMetric>=0.9`.
  public init?(argument: String) { self.init(argument) }
}

extension FindingName: ExpressibleByArgument {}
