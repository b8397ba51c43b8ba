public import HoneRecords
import HoneText

/// Batch normalization whose batches are too small to estimate a variance.
public struct BatchNormSmallBatchRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.batchNormSmallBatch

  /// Batches below this size cost accuracy in the measurements of Wu and He.
  static let smallestBatch = 16

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    guard let size = evidence.run.preflight?.wiring?.batchSize, size > 0,
      size < Self.smallestBatch, let gap = ModeGap(evidence)
    else { return nil }
    return Finding(
      id: id, severity: .warning, confidence: gap.confidence, epoch: nil,
      evidence: [
        gap.evidence,
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
