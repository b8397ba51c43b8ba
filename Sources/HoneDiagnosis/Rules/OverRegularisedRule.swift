import Foundation
public import HoneRecords
import HoneText

/// Penalties or dropout keep the model from fitting the training data.
public struct OverRegularisedRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.overRegularised

  /// The share of the learned loss reduction that training with dropout and augmentation costs.
  static let largestCost = 0.3

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    let curves = LearningCurves(evidence)
    guard curves.trainIsEvaluated, curves.train.count >= Diagnostician.minimumEpochs,
      !RemedyCatalogue(for: evidence.run).remedies(for: id).filter({ $0.id != "wider" }).isEmpty,
      let explained = curves.explained, explained < UnderfitCapacityRule.fitted,
      explained > NotLearningRule.smallestShare,
      let learned = curves.learned, learned > 0,
      let training = curves.lateLevel(curves.trainMode),
      let level = curves.lateLevel(curves.train)
    else { return nil }
    let noise = curveNoise(curves.trainMode.map(\.value))
    let cost = (training - level) / learned
    guard cost > Self.largestCost, training - level > 2 * noise else { return nil }
    return Finding(
      id: id, severity: .warning,
      confidence: Confidence.above(cost, threshold: Self.largestCost),
      epoch: curves.tail(curves.train).first?.epoch,
      evidence: [
        Evidence(
          signal: "regularizationCost", value: cost, threshold: Self.largestCost,
          comparison: .above,
          source: "loss in training mode above evaluation mode, over the reduction learned"),
        Evidence(
          signal: "explainedLoss", value: explained, threshold: UnderfitCapacityRule.fitted,
          comparison: .below,
          source: "training loss in evaluation mode against that of knowing nothing"),
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "With dropout and augmentation the training loss is \(Formatting.significant(training)), without them "
          + "\(Formatting.significant(level)), and even that fits only \(Formatting.percent(explained)). The regularization is "
          + "too strong for this model.",
        korean:
          "드롭아웃과 증강을 적용한 학습 손실은 \(Formatting.significant(training)), 적용하지 않은 손실은 \(Formatting.significant(level))이며 "
          + "그마저도 \(Formatting.percent(explained))만 설명합니다. 이 모델에는 규제가 지나치게 강합니다."))
  }
}
