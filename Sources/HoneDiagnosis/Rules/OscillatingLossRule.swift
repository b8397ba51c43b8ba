public import HoneRecords
import HoneText

/// The training loss jumps up and down between epochs.
public struct OscillatingLossRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.oscillatingLoss

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    guard let oscillation = Oscillation(LearningCurves(evidence)) else { return nil }
    return Finding(
      id: id, severity: .warning,
      confidence: Confidence.above(oscillation.share, threshold: Oscillation.threshold),
      epoch: oscillation.epoch,
      evidence: [
        Evidence(
          signal: "trainLossNoiseShare", value: oscillation.share,
          threshold: Oscillation.threshold, comparison: .above,
          source: "noise of second differences over the loss reduction learned so far")
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "From epoch \(oscillation.epoch) the training loss jumps by \(Formatting.percent(oscillation.share)) of "
          + "all that was learned. Steps overshoot or batches are too noisy: lower the learning "
          + "rate, let it decay, or enlarge the batch.",
        korean: "에폭 \(oscillation.epoch)부터 학습 손실이 지금까지 줄어든 양의 "
          + "\(Formatting.percent(oscillation.share))만큼 오르내립니다. 갱신이 최솟값을 지나치거나 배치의 잡음이 큰 상태이므로 "
          + "학습률을 낮추거나 점차 줄이고, 배치 크기를 늘려 보십시오."))
  }
}
