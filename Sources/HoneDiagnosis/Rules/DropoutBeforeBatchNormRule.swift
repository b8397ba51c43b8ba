public import HoneRecords
import HoneText

/// Dropout right before batch normalization: it changes the variance between training and evaluation.
public struct DropoutBeforeBatchNormRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.dropoutBeforeBatchNorm

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    guard let wiring = evidence.run.preflight?.wiring, wiring.dropout > 0,
      let layer = evidence.run.preflight?.layers?.first(where: { fact in
        guard let drop = fact.followers.firstIndex(of: "dropout") else { return false }
        return fact.followers[drop...].contains("batchNorm")
      })
    else { return nil }
    let gap = ModeGap(evidence)
    return Finding(
      id: id, severity: gap == nil ? .info : .warning, confidence: gap?.confidence ?? 0.5,
      layer: layer.path, epoch: nil,
      evidence: [
        Evidence(
          signal: "dropoutProbability", value: wiring.dropout, threshold: 0, comparison: .above,
          source: "Li et al. 2019, arXiv 1801.05134: variance shift")
      ] + (gap.map { [$0.evidence] } ?? []),
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "Behind layer \(layer.path) dropout comes before batch normalization. Dropping changes the "
          + "variance that the normalization learns. Put dropout after the last normalization.",
        korean: "층 \(layer.path) 뒤에서 드롭아웃이 배치 정규화보다 앞에 있습니다. 드롭아웃이 분산을 바꾸어 평가 때와 달라지므로 마지막 "
          + "정규화 뒤로 옮기십시오."))
  }
}
