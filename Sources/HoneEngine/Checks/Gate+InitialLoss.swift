import HoneCommands
import HoneRecords
import HoneText

/// Standard errors by which the loss may miss its expectation.
private let allowedErrors = 3.0
/// The share by which it may miss it whatever its error.
private let allowedShare = 0.1

extension CheckReport.Gate {
  /// Whether the untrained model's loss is that of knowing nothing.
  static func initialLoss(_ evidence: RunEvidence) -> CheckReport.Gate {
    guard let preflight = evidence.run.preflight, let loss = preflight.initialLoss,
      let expected = preflight.expectedInitialLoss
    else { return unknownInitialLoss(evidence.run.preflight?.initialLoss) }
    let allowed = max(
      allowedErrors * (preflight.initialLossError ?? 0), allowedShare * expected)
    let passed = abs(loss - expected) <= allowed
    let (found, wanted) = (Formatting.significant(loss), Formatting.significant(expected))
    return CheckReport.Gate(
      id: "initialLoss", passed: passed, value: loss,
      expected: "\(wanted) ± \(Formatting.significant(allowed))",
      message: passed
        ? Localized(
          "The untrained model's loss is that of knowing nothing.",
          korean: "학습 전 손실이 아무것도 모르는 모델의 손실과 같습니다.")
        : Localized(
          "The untrained model's loss is \(found), that of knowing nothing \(wanted): check the "
            + "initialization of the last layer and the reduction of the loss.",
          korean: "학습 전 손실은 \(found)이고 아무것도 모르는 모델의 손실은 \(wanted)입니다. 마지막 층의 초기화와 "
            + "손실의 집계 방식을 확인하십시오."))
  }

  private static func unknownInitialLoss(_ loss: Double?) -> CheckReport.Gate {
    CheckReport.Gate(
      id: "initialLoss", passed: loss?.isFinite ?? false, value: loss, expected: "-",
      message: Localized(
        "There is no known initial value for this loss; it must be finite.",
        korean: "이 손실에는 알려진 초깃값이 없으며, 유한하기만 하면 됩니다."))
  }
}
