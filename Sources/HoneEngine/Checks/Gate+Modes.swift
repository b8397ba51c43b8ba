import HoneCommands
import HoneText
import HoneTrain

extension CheckReport.Gate {
  /// The difference between the modes, of the loss, that is a fault in an untrained model; batches of the
  /// usual sizes estimate means and variances better than that.
  private static let largestModeGap = 0.2

  /// Whether the model answers in evaluation as it was trained to.
  static func evaluationMode(
    _ plan: TrainingPlan, seconds: Double, stopRequested: () -> Bool
  ) throws -> CheckReport.Gate {
    var probe = ModeProbe()
    probe.seconds = seconds
    let outcome = try probe.run(plan, stopRequested: stopRequested)
    let isNear = outcome.gap < largestModeGap || !outcome.isSettled
    let gap = Formatting.percent(outcome.gap)
    return CheckReport.Gate(
      id: "evaluationMode", passed: outcome.repeats && isNear, value: outcome.gap,
      expected: "< \(largestModeGap)", message: modes(outcome, isNear: isNear, gap: gap))
  }

  private static func modes(
    _ outcome: ModeProbe.Outcome, isNear: Bool, gap: String
  ) -> Localized {
    if !outcome.repeats {
      return Localized(
        "The same batch gives different outputs in evaluation: something random goes on there.",
        korean: "평가 모드에서 같은 배치의 출력이 매번 다릅니다. 평가할 때 무작위로 동작하는 부분이 있습니다.")
    }
    if !isNear {
      return Localized(
        "The same batch has a loss that differs by \(gap) between training and evaluation mode, though "
          + "running statistics have settled. The batches may be too small for their statistics.",
        korean: "이동 통계가 안정된 뒤에도 같은 배치의 손실이 학습 모드와 평가 모드에서 \(gap) 다릅니다. 배치가 통계를 내기에 너무 "
          + "작을 수 있습니다.")
    }
    return outcome.isSettled
      ? Localized(
        "Training and evaluation mode agree on the same batch (\(gap) apart).",
        korean: "같은 배치에 대한 학습 모드와 평가 모드의 결과가 일치합니다(차이 \(gap)).")
      : Localized(
        "Evaluation repeats itself; running statistics need more batches than the check has time for.",
        korean: "평가 결과는 매번 같습니다. 이동 통계가 안정되려면 점검 시간보다 많은 배치가 필요합니다.")
  }
}
