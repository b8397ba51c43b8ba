public import HoneRecords
import HoneText

/// A loss that grows with the batch: a sum where a mean is meant.
public struct LossReductionRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.lossReduction

  /// The loss of a batch taken twice, over the loss of the batch.
  static let largestRatio = 1.5

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    guard let wiring = evidence.run.preflight?.wiring, !wiring.lossLeaks,
      let ratio = wiring.duplicationRatio, ratio > Self.largestRatio
    else { return nil }
    return Finding(
      id: id, severity: .critical, confidence: Confidence.ceiling, epoch: nil,
      evidence: [
        Evidence(
          signal: "duplicationRatio", value: ratio, threshold: Self.largestRatio,
          comparison: .above, source: "a mean does not change when every sample is taken twice")
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "The loss of a batch taken twice is \(Formatting.significant(ratio)) times the loss: samples "
          + "are summed. The step grows with the batch size of \(wiring.batchSize), as if the "
          + "learning rate did. Take the mean.",
        korean: "같은 배치를 두 번 넣으면 손실이 \(Formatting.significant(ratio))배가 됩니다. 표본의 손실을 합하고 있어 갱신이 배치 "
          + "크기 \(wiring.batchSize)에 비례하여 커집니다. 평균을 사용하십시오."))
  }
}
