import Foundation
public import HoneRecords
import HoneText

/// Labels that say nothing about the inputs: one class alone, or classes that no neighbour shares.
public struct LabelNoiseRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.labelNoise

  /// Samples that the neighbours are sought among, at least.
  static let fewestSamples = 200

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    let task = evidence.run.task
    let present = task.classCounts.filter { $0 > 0 }
    if task.kind != .regression, task.classCounts.count > 1, present.count == 1 {
      return finding(
        evidence, .critical, Confidence.ceiling,
        Evidence(
          signal: "classesPresent", value: 1, threshold: 2, comparison: .below,
          source: "a classifier needs samples of two classes"),
        Localized(
          "Every training sample has the same label, of \(task.classCounts.count) classes. The labels "
            + "were damaged on the way: check how they are read, scaled or cast.",
          korean: "클래스는 \(task.classCounts.count)개인데 학습 표본의 레이블이 모두 같습니다. 레이블을 읽고 변환하는 과정에서 손상된 "
            + "것이므로 확인하십시오."))
    }
    guard let neighbours = evidence.run.preflight?.neighbours,
      neighbours.samples >= Self.fewestSamples, let score = Shortfall.score(evidence),
      let blind = Shortfall.blindScore(evidence.run)
    else { return nil }
    let bound = blind + 2 * neighbours.error
    guard neighbours.score < bound, score.value < blind + 2 * score.error else { return nil }
    return finding(
      evidence, .warning, 0.6,
      Evidence(
        signal: "neighbourScore", value: neighbours.score, threshold: bound, comparison: .below,
        source: "the nearest neighbours know no more than nothing; Cover and Hart 1967"),
      Localized(
        "On new data neither the model nor the nearest neighbours "
          + "(\(Formatting.significant(neighbours.score)); knowing nothing gives "
          + "\(Formatting.significant(blind))) find any connection between inputs and labels. Check that "
          + "labels belong to their samples.",
        korean:
          "새로운 데이터에서 모델도 최근접 이웃(\(Formatting.significant(neighbours.score)), 아무것도 모를 때 "
          + "\(Formatting.significant(blind)))도 입력과 레이블 사이의 관계를 찾지 못했습니다. 레이블이 해당 표본의 것인지 "
          + "확인하십시오."))
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
