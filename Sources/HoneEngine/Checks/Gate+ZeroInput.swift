import HoneCommands
import HoneText
import HoneTrain

extension CheckReport.Gate {
  /// Whether a few steps on the data beat as many on zeros; nil where zeros mean something else.
  static func zeroInput(
    _ plan: TrainingPlan, seconds: Double, stopRequested: () -> Bool
  ) throws -> CheckReport.Gate? {
    var probe = ZeroInputProbe()
    probe.seconds = seconds
    guard let outcome = try probe.run(plan, stopRequested: stopRequested) else { return nil }
    // Fewer steps than planned cannot prove that inputs are of no use.
    let isEnough = outcome.steps >= probe.steps
    let (loss, zero) = (
      Formatting.significant(outcome.loss), Formatting.significant(outcome.zeroLoss)
    )
    let expected = Formatting.significant(outcome.zeroLoss - 2 * outcome.error)
    let message: Localized =
      if outcome.usesInputs {
        Localized(
          "\(outcome.steps) steps on the data reach a loss of \(loss), on zeros \(zero): the model learns "
            + "from its inputs.",
          korean: "데이터로 \(outcome.steps)스텝 학습한 손실은 \(loss), 입력을 0으로 바꾸면 \(zero)입니다. 모델이 입력에서 배우고 "
            + "있습니다.")
      } else if isEnough {
        Localized(
          "\(outcome.steps) steps on the data (\(loss)) do no better than on zeros (\(zero)): the inputs "
            + "do not reach the model, say nothing of the labels, or the learning rate does not suit.",
          korean:
            "데이터로 \(outcome.steps)스텝 학습한 손실(\(loss))이 입력을 0으로 바꾼 손실(\(zero))보다 낫지 않습니다. 입력이 모델에 "
            + "전달되지 않거나, 레이블과 관계가 없거나, 학습률이 맞지 않습니다.")
      } else {
        Localized(
          "The time allowed only \(outcome.steps) steps, too few to tell the data (\(loss)) from zeros "
            + "(\(zero)): ambiguous.",
          korean: "시간이 부족하여 \(outcome.steps)스텝만 학습했습니다. 데이터의 손실(\(loss))과 입력이 0일 때의 손실(\(zero))을 "
            + "구별하기에 부족합니다.")
      }
    return CheckReport.Gate(
      id: "zeroInput", passed: outcome.usesInputs || !isEnough, value: outcome.loss,
      expected: "< \(expected)", message: message)
  }
}
