import HoneCommands
import HoneMetrics
import HoneRecords
import HoneText
import HoneTrain

extension CheckReport.Gate {
  /// Whether the model can learn one batch by heart, and what it means where it cannot.
  static func overfitOneBatch(
    _ plan: TrainingPlan, seconds: Double? = nil, stopRequested: () -> Bool
  ) throws -> CheckReport.Gate {
    var probe = OverfitProbe()
    probe.seconds = seconds
    let outcome = try probe.run(plan, stopRequested: stopRequested)
    // A classifier with label smoothing keeps some loss when it names every sample rightly.
    let share = plan.metric.tasks.contains(.multiclass) ? probe.namedShare : probe.learnedShare
    let target = Formatting.significant(share * outcome.firstLoss)
    let isFalling = outcome.lastLoss < Self.fallingShare * outcome.firstLoss
    return CheckReport.Gate(
      id: "overfitOneBatch", passed: outcome.isLearned || (outcome.ranOut && isFalling),
      value: outcome.lastLoss, expected: "< \(target)",
      message: outcome.isLearned
        ? Localized(
          "One batch is learned by heart in \(outcome.steps) steps.",
          korean: "배치 하나를 \(outcome.steps)스텝 만에 모두 외웠습니다.") : reading(outcome))
  }

  /// The share of the first loss below which a loss counts as falling.
  private static let fallingShare = 0.7

  /// What a batch that was not learned says: which way to look depends on how the loss moved.
  private static func reading(_ outcome: OverfitProbe.Outcome) -> Localized {
    let (first, last) = (
      Formatting.significant(outcome.firstLoss), Formatting.significant(outcome.lastLoss)
    )
    if !outcome.lastLoss.isFinite {
      return Localized(
        "Learning one batch by heart, the loss became infinite or NaN after \(outcome.steps) steps: the "
          + "learning rate is too high, or the initialization or the inputs are too large.",
        korean: "배치 하나를 외우는 동안 \(outcome.steps)스텝 만에 손실이 무한대나 NaN이 되었습니다. 학습률이 너무 높거나 "
          + "초기화나 입력의 규모가 너무 큽니다.")
    }
    if outcome.lastLoss < fallingShare * outcome.firstLoss {
      return outcome.ranOut
        ? Localized(
          "In the time there was, one batch's loss fell from \(first) to \(last) in \(outcome.steps) "
            + "steps; it was still falling.",
          korean: "주어진 시간 안에 배치 하나의 손실이 \(outcome.steps)스텝 동안 \(first)에서 \(last)(으)로 줄었고, 아직 줄고 "
            + "있습니다.")
        : Localized(
          "One batch's loss falls but does not vanish: after \(outcome.steps) steps it went from "
            + "\(first) to \(last). The model is too small for it, the regularization too strong, or two "
            + "samples with equal inputs have different labels.",
          korean: "배치 하나의 손실이 줄지만 0에 이르지 못합니다. \(outcome.steps)스텝 동안 \(first)에서 \(last)이(가) "
            + "되었습니다. 모델이 너무 작거나 규제가 너무 강하거나, 입력이 같은데 레이블이 다른 표본이 있습니다.")
    }
    return Localized(
      "One batch's loss does not fall: after \(outcome.steps) steps it went from \(first) to \(last). "
        + "The learning rate is too low or too high, the initialization is bad, or the loss does not "
        + "belong to the output.",
      korean: "배치 하나의 손실이 줄지 않습니다. \(outcome.steps)스텝 동안 \(first)에서 \(last)이(가) 되었습니다. 학습률이 너무 "
        + "낮거나 높거나, 초기화가 잘못되었거나, 손실 함수가 출력과 맞지 않습니다.")
  }
}
