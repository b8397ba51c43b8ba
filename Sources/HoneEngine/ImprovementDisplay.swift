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
    case .baselineCut(let epochs, let total):
      context.say(
        Localized(
          "The baseline had time for \(epochs) of \(total) epochs; experiments train as many.",
          korean: "기준 모델은 에폭 \(total)개 중 \(epochs)개까지 학습했습니다. 실험도 그만큼만 학습합니다."))
    case .finalAbandoned:
      context.say(
        Localized(
          "The budget ended before the improved model was as good as the baseline on validation: "
            + "the baseline is handed back. A longer budget is likely to help.",
          korean: "개선한 모델이 검증에서 기준 모델만큼 좋아지기 전에 예산이 끝나 기준 모델을 돌려줍니다. "
            + "예산을 늘리면 나아질 것입니다."))
    case .planned(let design): show(design)
    case .raceBegan(let round, let count):
      clear()
      context.say(
        Localized(
          "Round \(round): \(count) remedies are raced on samples that only choose.",
          korean: "\(round)라운드: 개선책 \(count)개를 선택용 샘플로 먼저 견줍니다."))
    case .controlEnded(let record), .ablated(let record): show(record, decides: false)
    case .diagnosed(let diagnosis, let remedies): show(diagnosis, remedies.count)
    case .reduced(let samples, let total):
      context.say(
        Localized(
          "Each experiment trains on \(samples) of \(total) samples, to fit the budget.",
          korean: "예산에 맞추어 각 실험은 샘플 \(total)개 중 \(samples)개로 학습합니다."))
    case .experimentBegan: clear()
    case .armEnded(let name, let number, let count, let metric):
      showArm(name, number, count, metric)
    case .experimentEnded(let record): show(record, decides: true)
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
      Localized("Remedies to try: \(remedies).", korean: "시도할 개선책: \(remedies)개."))
  }

  private func show(_ design: ExperimentDesign) {
    clear()
    let models = design.folds > 1 ? "\(design.seeds) × \(design.folds)" : "\(design.seeds)"
    context.say(
      Localized(
        "Proofs: \(models) paired models on \(design.trainingSamples) samples, judged by "
          + "\(design.proofSamples) that choose nothing; \(design.selectionSamples) others choose.",
        korean: "증명: 샘플 \(design.trainingSamples)개로 짝지은 모델 \(models)개를 학습하고, 선택에 쓰지 않는 "
          + "샘플 \(design.proofSamples)개로 판정합니다. 선택에는 다른 샘플 \(design.selectionSamples)개를 씁니다."))
    if design.seeds < design.seedsWanted {
      context.say(
        Localized(
          "The budget holds \(design.seeds) seeds instead of \(design.seedsWanted).",
          korean: "예산에 맞추어 시드 \(design.seedsWanted)개 대신 \(design.seeds)개를 씁니다."))
    }
  }

  private func show(_ record: ExperimentRecord, decides: Bool) {
    clear()
    let size = record.remedy.count
    let name = record.remedy + String(repeating: " ", count: max(1, 24 - size))
    let effect = signed(record.delta)
    let low = signed(record.interval[0])
    let high = signed(record.interval[1])
    let decision: Localized =
      switch record.decision {
      case .kept: Localized("kept", korean: "채택")
      case .rejected: Localized("rejected", korean: "기각")
      case .inconclusive: Localized("inconclusive", korean: "판단 불가")
      }
    let word = decides ? decision.text(context.language) : ""
    context.say("  \(name) \(effect)  [\(low), \(high)]  \(word)")
  }

  private func showArm(_ what: String, _ number: Int, _ count: Int, _ metric: Double) {
    guard context.terminal.errorIsTerminal else { return }
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
