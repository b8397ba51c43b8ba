import ArgumentParser
import HoneText

/// `hone metrics`: what runs are judged by.
struct MetricsVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "metrics", abstract: localized("List metrics.", "평가 지표를 나열합니다."))
  }

  @OptionGroup var global: GlobalOptions

  /// The JSON of one metric.
  private struct Row: Encodable {
    let name: String
    let summary: String
    let largerIsBetter: Bool
  }

  mutating func run() throws {
    let context = global.context()
    let rows = MetricCatalogue.all.map {
      Row(name: $0.name, summary: context.text($0.summary), largerIsBetter: $0.largerIsBetter)
    }
    if context.json {
      try context.emit(["metrics": rows])
      return
    }
    for row in rows { context.say("\(row.name): \(row.summary)") }
  }
}
