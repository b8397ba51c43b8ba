public import HoneRecords
import HoneText

/// A model that is worse in evaluation mode than in training mode on the same data.
public struct TrainEvalInconsistencyRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.trainEvalInconsistency

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    let size = evidence.run.preflight?.wiring?.batchSize ?? .max
    guard size >= BatchNormSmallBatchRule.smallestBatch, let gap = ModeGap(evidence) else {
      return nil
    }
    return Finding(
      id: id, severity: .warning, confidence: gap.confidence, epoch: nil, evidence: [gap.evidence],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "On the training data the loss in evaluation mode is above that in training mode by "
          + "\(Formatting.percent(gap.share)) of all there is to learn. The running statistics of "
          + "batch normalization do not describe the data: check modes, momentum and dropout before it.",
        korean: "같은 학습 데이터인데도 평가 모드의 손실이 학습 모드보다 학습할 양의 \(Formatting.percent(gap.share))만큼 높습니다. "
          + "배치 정규화의 이동 통계가 데이터와 맞지 않으므로 모드 전환, 모멘텀, 앞쪽의 드롭아웃을 확인하십시오."))
  }
}
