import HoneCommands
import HoneDiagnosis
import HoneRecords
import HoneText

extension CheckReport.Gate {
  /// What a few forward passes tell of the set-up: whether output and loss belong together, the loss is
  /// a mean, samples stay apart, and the layers begin at a scale and apart from each other.
  static func wiring(_ evidence: RunEvidence) -> [CheckReport.Gate] {
    guard let wiring = evidence.run.preflight?.wiring else { return [] }
    let mismatch = LossActivationMismatchRule().evaluate(evidence).flatMap {
      $0.severity == .info ? nil : $0
    }
    let sum = LossReductionRule().evaluate(evidence)
    let leak = wiring.outputLeaks ? GradientFlowRule().evaluate(evidence) : nil
    let layers =
      SymmetricInitialisationRule().evaluate(evidence)
      ?? InitialisationScaleRule().evaluate(evidence) ?? HiddenActivationRule().evaluate(evidence)
    return [
      gate(
        "outputAndLoss", mismatch, value: nil, expected: "\(wiring.expects.rawValue)",
        Localized(
          "Output (\(wiring.outputActivation)) and loss (\(wiring.loss)) belong together.",
          korean: "출력(\(wiring.outputActivation))과 손실 함수(\(wiring.loss))가 맞습니다.")),
      gate(
        "lossIsMean", sum, value: wiring.duplicationRatio, expected: "1",
        Localized(
          "The loss does not grow with the batch.", korean: "손실이 배치 크기에 따라 커지지 않습니다.")),
      gate(
        "samplesApart", leak, value: wiring.outputLeaks ? 1 : 0, expected: "0",
        Localized(
          "No sample's output depends on another sample.",
          korean: "한 표본의 출력이 다른 표본에 영향을 받지 않습니다.")),
      gate(
        "initialWeights", layers, value: layers?.evidence.first?.value, expected: "-",
        Localized(
          "The layers begin at a scale that keeps the signal, and their units differ.",
          korean: "초기 가중치가 신호의 크기를 유지하며 유닛이 서로 다릅니다.")),
    ]
  }

  private static func gate(
    _ id: String, _ finding: Finding?, value: Double?, expected: String, _ passed: Localized
  ) -> CheckReport.Gate {
    CheckReport.Gate(
      id: id, passed: finding == nil, value: value, expected: expected,
      message: finding?.message ?? passed)
  }
}
