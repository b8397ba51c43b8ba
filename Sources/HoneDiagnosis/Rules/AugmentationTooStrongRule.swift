public import HoneRecords
import HoneText

/// Augmentation that costs more than the model can bear.
public struct AugmentationTooStrongRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.augmentationTooStrong

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    let curves = LearningCurves(evidence)
    guard evidence.run.preflight?.wiring?.isAugmented == true, curves.trainIsEvaluated,
      curves.train.count >= Diagnostician.minimumEpochs, let explained = curves.explained,
      explained < UnderfitCapacityRule.fitted, let learned = curves.learned, learned > 0,
      let trained = curves.lateLevel(curves.trainMode),
      let evaluated = curves.lateLevel(curves.train)
    else { return nil }
    let cost = (trained - evaluated) / learned
    let noise = curveNoise(curves.trainMode.map(\.value))
    guard cost > OverRegularisedRule.largestCost, trained - evaluated > 2 * noise else {
      return nil
    }
    return Finding(
      id: id, severity: .warning,
      confidence: Confidence.above(cost, threshold: OverRegularisedRule.largestCost),
      epoch: curves.tail(curves.train).first?.epoch,
      evidence: [
        Evidence(
          signal: "augmentationCost", value: cost, threshold: OverRegularisedRule.largestCost,
          comparison: .above,
          source:
            "training loss on changed samples above that on the samples, over what was learned")
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "On augmented samples the training loss is \(Formatting.significant(trained)), on the samples "
          + "themselves \(Formatting.significant(evaluated)), and even those are not fitted. Weaken "
          + "the augmentation, or let it grow during training.",
        korean: "증강한 표본의 학습 손실은 \(Formatting.significant(trained)), 원래 표본의 손실은 "
          + "\(Formatting.significant(evaluated))이며 원래 표본도 충분히 맞히지 못합니다. 증강을 약하게 하거나 학습 중에 차츰 "
          + "강하게 하십시오."))
  }
}
