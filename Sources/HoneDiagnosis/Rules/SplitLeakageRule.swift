public import HoneRecords
import HoneText

/// Validation samples that the model is trained on.
public struct SplitLeakageRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.splitLeakage

  /// The share of the validation split.
  static let largestShare = 0.001

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    let total = evidence.run.task.validationSamples
    guard total > 0, let shared = evidence.run.preflight?.wiring?.sharedSamples,
      Double(shared) > Self.largestShare * Double(total)
    else { return nil }
    let share = Double(shared) / Double(total)
    return Finding(
      id: id, severity: .critical, confidence: Confidence.ceiling, epoch: nil,
      evidence: [
        Evidence(
          signal: "sharedSamples", value: share, threshold: Self.largestShare, comparison: .above,
          source: "Barz and Denzler 2020: shared samples make a metric look better than it is")
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "\(shared) of \(total) validation samples are trained on. The validation metric says nothing "
          + "about new data: split again.",
        korean: "검증 표본 \(total)개 중 \(shared)개가 학습에도 쓰입니다. 검증 지표가 새로운 데이터에 대해 알려 주는 바가 없으므로 다시 "
          + "분할하십시오."))
  }
}
