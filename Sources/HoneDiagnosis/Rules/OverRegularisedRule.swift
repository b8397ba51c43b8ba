import Foundation
public import HoneRecords
import HoneText

/// Penalties or dropout keep the model from fitting the training data.
public struct OverRegularisedRule: Rule {
  public let id = FindingName.overRegularised

  /// The share of the learned loss reduction that training with dropout and augmentation costs.
  static let largestCost = 0.3

  public init() {}

  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    let curves = LearningCurves(evidence)
    guard curves.trainIsEvaluated, curves.train.count >= Diagnostician.minimumEpochs,
      !RemedyCatalogue(for: evidence.run).remedies(for: id).filter({ $0.id != "wider" }).isEmpty,
      let explained = curves.explained, explained < UnderfitCapacityRule.fitted,
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
        "With dropout and augmentation the training loss is \(short(training)), without them "
          + "\(short(level)), and even that fits only \(percent(explained)). The regularization is "
          + "too strong for this model.",
        korean: "드롭아웃과 증강을 적용한 학습 손실은 \(short(training)), 적용하지 않은 손실은 \(short(level))이며 "
          + "그마저도 \(percent(explained))만 설명합니다. 이 모델에는 규제가 지나치게 강합니다."))
  }
}
