import Foundation
public import HoneRecords
import HoneText

/// Labels that say nothing about the inputs: one class alone, or classes that no neighbour shares.
public struct LabelNoiseRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.labelNoise

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    let task = evidence.run.task
    let counts = task.classCounts
    guard task.kind != .regression, counts.count > 1 else { return nil }
    let present = counts.filter { $0 > 0 }
    if present.count == 1 {
      return finding(
        evidence, .critical, Confidence.ceiling,
        Evidence(
          signal: "classesPresent", value: 1, threshold: 2, comparison: .below,
          source: "a classifier needs samples of two classes"),
        Localized(
          "Every training sample has the same label, of \(counts.count) classes. The labels were "
            + "damaged on the way: check how they are read, scaled or cast.",
          korean: "클래스는 \(counts.count)개인데 학습 표본의 레이블이 모두 같습니다. 레이블을 읽고 변환하는 과정에서 손상된 것이므로 "
            + "확인하십시오."))
    }
    guard let neighbours = evidence.run.preflight?.neighbours, Shortfall(evidence) == .stuck,
      let most = present.max(), neighbours.samples >= 200
    else { return nil }
    let blind = Double(most) / Double(present.reduce(0, +))
    guard neighbours.score < blind + 2 * neighbours.error else { return nil }
    return finding(
      evidence, .warning, 0.6,
      Evidence(
        signal: "neighbourAccuracy", value: neighbours.score,
        threshold: blind + 2 * neighbours.error, comparison: .below,
        source: "the nearest neighbours do no better than the most frequent class; Cover and Hart"),
      Localized(
        "Neither the model nor the nearest neighbours (\(Formatting.percent(neighbours.score))) find "
          + "any connection between inputs and labels. Check that labels belong to their samples.",
        korean:
          "모델도 최근접 이웃(\(Formatting.percent(neighbours.score)))도 입력과 레이블 사이의 관계를 찾지 못했습니다. 레이블이 해당 "
          + "표본의 것인지 확인하십시오."))
  }

  private func finding(
    _ evidence: RunEvidence, _ severity: Finding.Severity, _ confidence: Double, _ shown: Evidence,
    _ message: Localized
  ) -> Finding {
    Finding(
      id: id, severity: severity, confidence: confidence, epoch: nil, evidence: [shown],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id), message: message)
  }
}
