public import HoneRecords
import HoneText

/// Batches so large that the run has hardly any steps.
public struct BatchSizeUnsuitableRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.batchSizeUnsuitable

  /// The steps of a whole run under which more of them are likely to help.
  static let fewestSteps = 100
  /// The share of the training split that a batch then holds at least.
  static let largestShare = 0.25

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    let run = evidence.run
    guard let wiring = run.preflight?.wiring, wiring.batchSize > 0, run.task.trainSamples > 0,
      run.preflight?.stepNoise == nil, evidence.epochs.count >= 3
    else { return nil }
    let steps = wiring.stepsPerEpoch * evidence.epochs.count
    let share = Double(wiring.batchSize) / Double(run.task.trainSamples)
    let curves = LearningCurves(evidence)
    guard steps < Self.fewestSteps, share > Self.largestShare,
      let trend = TrendLine(curves.tail(curves.train)), trend.upper < 0,
      curves.explained ?? 0 < 0.9
    else { return nil }
    return Finding(
      id: id, severity: .warning,
      confidence: min(
        Confidence.below(Double(steps), threshold: Double(Self.fewestSteps)),
        Confidence.above(share, threshold: Self.largestShare)),
      epoch: nil,
      evidence: [
        Evidence(
          signal: "steps", value: Double(steps), threshold: Double(Self.fewestSteps),
          comparison: .below, source: "the loss still falls, and each epoch has few steps"),
        Evidence(
          signal: "batchShare", value: share, threshold: Self.largestShare, comparison: .above,
          source: "McCandlish et al. 2018: beyond the noise scale a larger batch saves no steps"),
      ],
      remedies: RemedyCatalogue(for: run).remedies(for: id),
      message: Localized(
        "A batch holds \(Formatting.percent(share)) of the training data, so the whole run takes "
          + "\(steps) steps. Smaller batches give more steps from the same data.",
        korean:
          "배치 하나가 학습 데이터의 \(Formatting.percent(share))를 차지하여 전체 실행이 \(steps)스텝뿐입니다. 배치를 줄이면 같은 "
          + "데이터로 더 많이 갱신할 수 있습니다."))
  }
}
