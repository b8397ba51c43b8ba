public import HoneRecords
import HoneText

/// Batch normalization whose batches are too small to estimate a variance.
public struct BatchNormSmallBatchRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.batchNormSmallBatch

  /// Batches below this size cost accuracy in the measurements of Wu and He.
  static let smallestBatch = 16

  /// Batches below this size make the statistics themselves a strong noise.
  static let tinyBatch = 8

  /// The rule; it has no settings.
  public init() {}

  /// Whether the statistics of tiny batches alone keep the loss in training far above that in
  /// evaluation: a model without other noise.
  static func isNoisy(_ evidence: RunEvidence) -> Bool { noise(evidence) != nil }

  /// The late loss in training mode above that in evaluation mode, over the loss of knowing nothing.
  private static func noise(_ evidence: RunEvidence) -> Double? {
    let curves = LearningCurves(evidence)
    guard let wiring = evidence.run.preflight?.wiring, wiring.batchSize > 0,
      wiring.batchSize < tinyBatch, wiring.dropout == 0, !wiring.isAugmented,
      evidence.run.preflight?.layers?.contains(where: { $0.followers.contains("batchNorm") })
        == true,
      curves.trainIsEvaluated, curves.train.count >= 3, let reference = curves.reference,
      reference > 0, let evaluated = curves.lateLevel(curves.train),
      let trained = curves.lateLevel(curves.trainMode)
    else { return nil }
    let share = (trained - evaluated) / reference
    let error = curveNoise(curves.trainMode.map(\.value)) / reference
    return share > ModeGap.threshold && share > 2 * error ? share : nil
  }

  /// How far the modes are apart: evaluation behind training, or, with tiny batches, training behind
  /// evaluation.
  private func gap(_ evidence: RunEvidence) -> (Evidence, Double)? {
    if let gap = ModeGap(evidence) { return (gap.evidence, gap.confidence) }
    guard let noise = Self.noise(evidence) else { return nil }
    let shown = Evidence(
      signal: "trainingLossExcess", value: noise, threshold: ModeGap.threshold,
      comparison: .above,
      source: "training over evaluation mode on the training split, of the loss of knowing nothing")
    return (shown, Confidence.above(noise, threshold: ModeGap.threshold))
  }

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    guard let size = evidence.run.preflight?.wiring?.batchSize, size > 0,
      size < Self.smallestBatch, let (shown, confidence) = gap(evidence)
    else { return nil }
    return Finding(
      id: id, severity: .warning, confidence: confidence, epoch: nil,
      evidence: [
        shown,
        Evidence(
          signal: "batchSize", value: Double(size), threshold: Double(Self.smallestBatch),
          comparison: .below, source: "Wu and He 2018, figure 1"),
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "With \(size) samples a batch, the means and variances of batch normalization in training "
          + "are not those of evaluation. Use group normalization or larger batches.",
        korean: "배치에 표본이 \(size)개뿐이어서 학습 때의 배치 통계가 평가 때와 크게 다릅니다. 그룹 정규화를 쓰거나 배치를 키우십시오."))
  }
}
