import HoneRecords
import HoneText

/// How single training samples were learned, for people.
enum DynamicsSummary {
  /// Samples named in the terminal; the report names more.
  private static let shown = 5

  static func say(_ record: TrainingDynamicsRecord, _ context: CommandContext) {
    context.say("")
    context.say(record.sentence)
    let isClassification = record.hardest.contains { $0.margin != nil }
    var headings = [
      Localized("hardest", korean: "가장 어려운 표본"), Localized("mean loss", korean: "평균 손실"),
    ]
    if isClassification {
      headings += [
        Localized("label", korean: "레이블"), Localized("confidence", korean: "확신도"),
        Localized("margin", korean: "마진"),
      ]
    }
    var table = TextTable(headings.map(context.text), rightAligned: [1, 3, 4])
    for sample in record.hardest.prefix(shown) {
      var row = [sample.name, Formatting.significant(sample.loss)]
      if isClassification {
        row.append(sample.label ?? "-")
        row += [sample.confidence, sample.margin].map {
          $0.map { Formatting.significant($0) } ?? "-"
        }
      }
      table.append(row)
    }
    for line in table.lines { context.say("  " + line) }
  }
}
