import HoneCommands
import HoneMetrics
import HoneRecords
import HoneText
import HoneTrain

extension CheckReport.Gate {
  /// Whether the model can learn one batch by heart.
  static func overfitOneBatch(
    _ plan: TrainingPlan, stopRequested: () -> Bool
  ) throws -> CheckReport.Gate {
    let probe = OverfitProbe()
    let outcome = try probe.run(plan, stopRequested: stopRequested)
    // A classifier with label smoothing keeps some loss when it names every sample rightly.
    let share = plan.metric.tasks.contains(.multiclass) ? probe.namedShare : probe.learnedShare
    let target = Formatting.significant(share * outcome.firstLoss)
    let (first, last) = (
      Formatting.significant(outcome.firstLoss), Formatting.significant(outcome.lastLoss)
    )
    return CheckReport.Gate(
      id: "overfitOneBatch", passed: outcome.isLearned, value: outcome.lastLoss,
      expected: "< \(target)",
      message: outcome.isLearned
        ? Localized(
          "One batch is learned by heart in \(outcome.steps) steps.",
          korean: "배치 하나를 \(outcome.steps)스텝 만에 모두 외웠습니다.")
        : Localized(
          "One batch cannot be learned by heart: after \(outcome.steps) steps its loss went from "
            + "\(first) to \(last). Raise the learning rate or the model's width, or check the "
            + "labels.",
          korean: "배치 하나를 외우지 못했습니다. \(outcome.steps)스텝 동안 손실이 \(first)에서 \(last)이(가) "
            + "되었습니다. 학습률이나 모델의 너비를 키우거나 레이블을 확인하십시오."))
  }
}
