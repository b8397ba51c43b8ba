import Foundation
import HoneCommands
import HoneDiagnosis
import HoneRecords
import HoneText

extension CheckReport.Gate {
  /// Whether inputs reach the model at the scale that initial weights expect.
  static func inputScale(_ evidence: RunEvidence) -> CheckReport.Gate {
    let finding = InputScaleRule().evaluate(evidence)
    let input = evidence.run.preflight?.input
    let size = input.map { hypot($0.mean, $0.standardDeviation) }
    let (least, most) = (InputScaleRule.smallest, InputScaleRule.largest)
    return CheckReport.Gate(
      id: "inputScale", passed: finding == nil, value: size, expected: "\(least) … \(most)",
      message: finding?.message
        ?? Localized(
          "Inputs have the scale that initial weights expect.",
          korean: "입력의 규모가 가중치 초기화에 맞습니다."))
  }
}
