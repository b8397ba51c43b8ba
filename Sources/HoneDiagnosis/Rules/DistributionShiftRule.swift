import Foundation
public import HoneRecords
import HoneText

/// Validation inputs on another scale than the training inputs.
public struct DistributionShiftRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.distributionShift

  /// The ratio of the splits' spreads, and the distance of their means in spreads.
  static let largestRatio = 3.0

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    guard let preflight = evidence.run.preflight, let train = preflight.input,
      let validation = preflight.wiring?.validationInput, evidence.run.task.input != .text,
      preflight.wiring?.isAugmented != true
    else { return nil }
    let spread = max(train.standardDeviation, 1e-30)
    let ratio = max(validation.standardDeviation, 1e-30) / spread
    let distance = abs(validation.mean - train.mean) / spread
    let factor = max(ratio, 1 / ratio, distance)
    guard factor > Self.largestRatio, factor.isFinite else { return nil }
    return Finding(
      id: id, severity: .critical,
      confidence: Confidence.above(factor, threshold: Self.largestRatio), epoch: nil,
      evidence: [
        Evidence(
          signal: distance > max(ratio, 1 / ratio) ? "meanDistance" : "spreadRatio", value: factor,
          threshold: Self.largestRatio, comparison: .above,
          source: "validation over training inputs, as they reach the model")
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "The validation inputs run from \(Formatting.significant(validation.minimum)) to "
          + "\(Formatting.significant(validation.maximum)), the training inputs from "
          + "\(Formatting.significant(train.minimum)) to \(Formatting.significant(train.maximum)). "
          + "Preprocess both alike, with what was learned from the training split.",
        korean: "검증 입력의 범위는 \(Formatting.significant(validation.minimum))~"
          + "\(Formatting.significant(validation.maximum)), 학습 입력의 범위는 "
          + "\(Formatting.significant(train.minimum))~\(Formatting.significant(train.maximum))입니다. 학습 데이터에서 "
          + "구한 값으로 두 분할을 똑같이 전처리하십시오."))
  }
}
