import HoneRecords
import HoneText

/// An evaluation for people.
struct EvaluationSummary {
  let report: EvaluationReport

  init(_ report: EvaluationReport) {
    self.report = report
  }

  func say(_ context: CommandContext) {
    let record = report.evaluation
    context.say(
      "\(report.run.id)  \(record.split)  \(context.text(.loss)) \(decimal(record.loss))  "
        + "\(report.run.metric) \(decimal(record.metric))  n \(record.samples)")
    for (name, value) in record.metrics.sorted(by: { $0.key < $1.key }) {
      context.say("  \(name) \(decimal(value))")
    }
    if let error = report.calibrationError {
      context.say(
        Localized("  calibration error \(decimal(error))", korean: "  보정 오차 \(decimal(error))"))
    }
    if !report.classes.isEmpty { classes(context) }
    for sample in report.worst {
      context.say(
        "  ✗ \(sample.sample): \(sample.truth) → \(sample.predicted) (\(decimal(sample.loss)))")
    }
  }

  private func classes(_ context: CommandContext) {
    let heading: [Localized] = [
      Localized("class", korean: "클래스"), Localized("precision", korean: "정밀도"),
      Localized("recall", korean: "재현율"), Localized(verbatim: "F1"),
      Localized("samples", korean: "샘플"),
    ]
    var table = TextTable(heading.map(context.text), rightAligned: [1, 2, 3, 4])
    for row in report.classes {
      table.append([
        row.name, decimal(row.precision), decimal(row.recall), decimal(row.f1), String(row.samples),
      ])
    }
    for line in table.lines { context.say("  " + line) }
  }
}
