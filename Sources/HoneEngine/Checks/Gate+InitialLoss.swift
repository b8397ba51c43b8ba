import HoneCommands
import HoneDiagnosis
import HoneRecords
import HoneText

extension CheckReport.Gate {
  /// Whether the untrained model's loss is about that of knowing nothing; the bounds are those of the
  /// finding `initial-loss`.
  static func initialLoss(_ evidence: RunEvidence) -> CheckReport.Gate {
    guard let preflight = evidence.run.preflight, let loss = preflight.initialLoss,
      let expected = preflight.expectedInitialLoss
    else { return unknownInitialLoss(evidence.run.preflight?.initialLoss) }
    let isRegression = evidence.run.task.kind == .regression
    let low = InitialLossRule.smallestRatio * expected
    let high =
      expected
      * (isRegression ? InitialLossRule.regressionRatio : InitialLossRule.classificationRatio)
    let finding = InitialLossRule().evaluate(evidence)
    let (wanted, least, most) = (
      Formatting.significant(expected), Formatting.significant(low), Formatting.significant(high)
    )
    return CheckReport.Gate(
      id: "initialLoss", passed: loss.isFinite && finding == nil, value: loss,
      expected: "≈ \(wanted), \(least) … \(most)",
      message: finding?.message
        ?? Localized(
          "The untrained model's loss is about that of knowing nothing.",
          korean: "학습 전 손실이 아무것도 모르는 모델의 손실과 비슷합니다."))
  }

  private static func unknownInitialLoss(_ loss: Double?) -> CheckReport.Gate {
    CheckReport.Gate(
      id: "initialLoss", passed: loss?.isFinite ?? false, value: loss, expected: "-",
      message: Localized(
        "There is no known initial value for this loss; it must be finite.",
        korean: "이 손실에는 알려진 초깃값이 없으며, 유한하기만 하면 됩니다."))
  }
}
