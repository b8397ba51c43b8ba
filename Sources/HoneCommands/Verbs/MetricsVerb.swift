import ArgumentParser
import HoneMetrics
import HoneText

/// `hone metrics`: what runs are judged by.
struct MetricsVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "metrics", abstract: localized("List metrics.", "평가 지표를 나열합니다."))
  }

  @Argument(help: help("Only metrics whose name contains this.", "이름에 이 말이 든 지표만."))
  var word: String?

  @OptionGroup var global: GlobalOptions

  /// The JSON of one metric.
  private struct Row: Encodable {
    let name: String
    let summary: String
    let formula: String
    let largerIsBetter: Bool
    let tasks: [String]
    let source: String
  }

  mutating func run() throws {
    let context = global.context()
    let wanted = word?.lowercased() ?? ""
    let rows = MetricName.allCases.filter {
      wanted.isEmpty || $0.rawValue.lowercased().contains(wanted)
    }.map {
      Row(
        name: $0.rawValue, summary: context.text($0.label), formula: context.text($0.formula),
        largerIsBetter: $0.isBetterWhenLarger, tasks: $0.tasks.map(\.rawValue),
        source: $0.source)
    }
    if context.json {
      try context.emit(["metrics": rows])
      return
    }
    for row in rows {
      let source = row.source.isEmpty ? "" : " (\(row.source))"
      context.say("\(row.name): \(row.summary): \(row.formula)\(source)")
    }
  }
}
