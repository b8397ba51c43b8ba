import HoneCommands
import HoneImprove
import HoneRecords
import HoneText

/// Shows an improvement to a person as it goes: the baseline's epochs, findings, a line for each
/// experiment, and on a terminal which run of which experiment is at work.
final class ImprovementDisplay {
  private let context: CommandContext
  private let baseline: ProgressRenderer
  private let final: ProgressRenderer
  private var running: (remedy: String, number: Int, count: Int)?

  init(_ context: CommandContext) {
    self.context = context
    baseline = ProgressRenderer(context, prefix: "  ")
    final = ProgressRenderer(context, prefix: "  ")
  }

  func show(_ event: ImprovementEvent) {
    switch event {
    case .baselineBegan:
      context.say(Localized("Baseline", korean: "기준 모델"))
    case .baseline(let event): showCoarsely(event, baseline)
    case .diagnosed(let diagnosis, let remedies): show(diagnosis, remedies.count)
    case .reduced(let samples, let total):
      context.say(
        Localized(
          "Each experiment trains on \(samples) of \(total) samples, to fit the budget.",
          korean: "예산에 맞추어 각 실험은 샘플 \(total)개 중 \(samples)개로 학습합니다."))
    case .experimentBegan(let remedy, let number, let count):
      running = (remedy.id, number, count)
    case .armEnded(let number, let count, let metric): showArm(number, count, metric)
    case .experimentEnded(let record): show(record)
    case .budgetSpent(let remaining):
      clear()
      context.say(
        Localized(
          "The budget is spent; not tried: \(remaining).",
          korean: "예산을 모두 사용했습니다. 시도하지 못한 개선책: \(remaining)개."))
    case .finalBegan:
      clear()
      context.say(Localized("Improved model", korean: "개선된 모델"))
    case .final(let event): showCoarsely(event, final)
    }
  }

  /// At most about ten lines of epochs: the ledger is what the user came for.
  private func showCoarsely(_ event: TrainingEvent, _ renderer: ProgressRenderer) {
    if case .epoch(let epoch) = event, epoch.epoch > 1, !epoch.epoch.isMultiple(of: 5) { return }
    renderer.receive(event)
  }

  private func show(_ diagnosis: DiagnosisRecord, _ remedies: Int) {
    clear()
    if diagnosis.findings.isEmpty {
      context.say(Localized("Diagnosis: no finding.", korean: "진단: 발견된 문제가 없습니다."))
    }
    for finding in diagnosis.findings {
      context.say(
        Localized("Finding", korean: "발견").text(context.language)
          + " \(finding.id.rawValue): \(finding.message.text(context.language))")
    }
    context.say(
      Localized(
        "Trying \(remedies) remedies as paired experiments:",
        korean: "개선책 \(remedies)개를 짝지은 실험으로 시도합니다:"))
  }

  private func show(_ record: ExperimentRecord) {
    clear()
    guard let running else { return }
    let size = record.remedy.count
    let name = record.remedy + String(repeating: " ", count: max(1, 22 - size))
    let effect = signed(record.delta)
    let low = signed(record.interval[0])
    let high = signed(record.interval[1])
    let decision: Localized =
      switch record.decision {
      case .kept: Localized("kept", korean: "채택")
      case .rejected: Localized("rejected", korean: "기각")
      case .inconclusive: Localized("inconclusive", korean: "판단 불가")
      }
    context.say(
      "  \(running.number)/\(running.count) \(name) \(effect)  [\(low), \(high)]  "
        + decision.text(context.language))
  }

  private func showArm(_ number: Int, _ count: Int, _ metric: Double) {
    guard context.terminal.errorIsTerminal else { return }
    let what =
      running.map { "\($0.number)/\($0.count) \($0.remedy)" }
      ?? Localized("control", korean: "대조군").text(context.language)
    let seed = Localized("seed", korean: "시드").text(context.language)
    context.console.writeError(
      "\r  \(what): \(seed) \(number)/\(count)  \(Formatting.fixed(metric, decimals: 4))\u{1B}[K")
  }

  private func signed(_ value: Double) -> String {
    (value > 0 ? "+" : "") + Formatting.fixed(value, decimals: 4)
  }

  private func clear() {
    if context.terminal.errorIsTerminal { context.console.writeError("\r\u{1B}[K") }
  }
}
