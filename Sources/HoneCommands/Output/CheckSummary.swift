import HoneRecords
import HoneText

/// A check for people.
struct CheckSummary {
  let report: CheckReport

  init(_ report: CheckReport) {
    self.report = report
  }

  func say(_ context: CommandContext) {
    let task = report.task
    let shape = task.sampleShape.map(String.init).joined(separator: "×")
    context.say(
      Localized(
        "\(report.data): \(task.kind.rawValue), \(task.classes.count) classes, samples of \(shape); "
          + "train \(task.trainSamples), validation \(task.validationSamples), test \(task.testSamples)",
        korean:
          "\(report.data): \(task.kind.rawValue), 클래스 \(task.classes.count)개, 샘플 모양 \(shape); "
          + "훈련 \(task.trainSamples), 검증 \(task.validationSamples), 테스트 \(task.testSamples)"))
    for gate in report.gates {
      let mark =
        gate.passed ? context.terminal.styled("✓", .green) : context.terminal.styled("✗", .red)
      let value = gate.value.map { decimal($0) } ?? "-"
      context.say("  \(mark) \(gate.id): \(value) (\(gate.expected)) \(context.text(gate.message))")
    }
    DiagnosisSummary.say(report.findings, context)
  }
}
