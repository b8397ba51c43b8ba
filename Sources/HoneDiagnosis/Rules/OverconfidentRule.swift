import Foundation
public import HoneRecords
import HoneText

/// Probabilities that grow surer than they are right: the loss rises while the accuracy holds.
public struct OverconfidentRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.overconfident

  /// The rise of the validation loss over its minimum, of that minimum.
  static let smallestRise = 0.2

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    let curves = LearningCurves(evidence)
    guard evidence.run.task.kind != .regression, evidence.run.metric == "accuracy",
      curves.validation.count >= Diagnostician.minimumEpochs,
      let least = curves.validation.min(by: { $0.value < $1.value }),
      let level = curves.lateLevel(curves.validation),
      let accuracy = curves.lateLevel(curves.validationMetric),
      let before = curves.validationMetric.first(where: { $0.epoch == least.epoch }),
      // A loss that is lowest at the end has not risen.
      curves.validation.suffix(OverfitRule.sustained).allSatisfy({ $0.epoch > least.epoch })
    else { return nil }
    let rise = level - least.value
    let error = max(curves.validationError(at: least), 1e-9)
    guard rise > 2 * error, rise > Self.smallestRise * least.value,
      accuracy >= before.value - 2 * (before.error ?? 0)
    else { return nil }
    return Finding(
      id: id, severity: .info, confidence: Confidence.beyond(rise / error - 2), epoch: least.epoch,
      evidence: [
        Evidence(
          signal: "validationLossRise", value: rise / least.value, threshold: Self.smallestRise,
          comparison: .above, source: "with the accuracy unchanged; Guo et al. 2017")
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "Since epoch \(least.epoch) the validation loss rises while the accuracy holds: the model is "
          + "too sure of its errors. Scale its temperature, smooth the labels, or stop earlier.",
        korean: "에폭 \(least.epoch)부터 정확도는 그대로인데 검증 손실이 증가합니다. 틀린 답에도 지나치게 확신하는 상태이므로 온도 "
          + "보정이나 레이블 스무딩을 쓰거나 더 일찍 멈추십시오."))
  }
}
