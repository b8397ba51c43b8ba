import Foundation
public import HoneRecords
import HoneText

/// Penalties or dropout keep the model from fitting the training data.
public struct OverRegularisedRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.overRegularised

  /// The share of the learned loss reduction that training with dropout and augmentation costs.
  static let largestCost = 0.3
  /// The probability of dropping above which more is lost than won.
  static let largestDropout = 0.5
  /// The late over the initial size of weights under which a penalty rules them.
  static let smallestWeight = 0.5

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    fromCurves(evidence) ?? fromLayers(evidence)
  }

  /// A model that fails while dropout removes most of the signal, or a penalty shrinks the weights.
  private func fromLayers(_ evidence: RunEvidence) -> Finding? {
    guard let wiring = evidence.run.preflight?.wiring, let shortfall = Shortfall(evidence),
      shortfall != .failed
    else { return nil }
    var shown: Evidence?
    if wiring.dropout > Self.largestDropout {
      shown = Evidence(
        signal: "dropoutProbability", value: wiring.dropout, threshold: Self.largestDropout,
        comparison: .above, source: "Srivastava et al. 2014: 0.5 in hidden layers is the most used")
    } else if wiring.weightDecay > 0, let shrunk = shrinking(evidence), shrunk < Self.smallestWeight
    {
      shown = Evidence(
        signal: "weightsKept", value: shrunk, threshold: Self.smallestWeight, comparison: .below,
        source: "late over initial size of the weights, in the layer that shrank most")
    }
    guard let shown else { return nil }
    return Finding(
      id: id, severity: .warning, confidence: min(0.9, shortfall.confidence), epoch: nil,
      evidence: [shown], remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "The model stays behind while its regularization is strong (dropout "
          + "\(Formatting.significant(wiring.dropout)), weight decay "
          + "\(Formatting.significant(wiring.weightDecay))). Weaken it before anything else.",
        korean: "규제가 강한 상태에서(드롭아웃 \(Formatting.significant(wiring.dropout)), 가중치 감쇠 "
          + "\(Formatting.significant(wiring.weightDecay))) 모델이 학습하지 못하고 있습니다. 먼저 규제를 약하게 하십시오."))
  }

  /// The late over the initial size of the weights, in the layer that shrank most.
  private func shrinking(_ evidence: RunEvidence) -> Double? {
    guard let layers = LayerSignals(evidence) else { return nil }
    return layers.paths.compactMap { path in
      guard let first = layers.median(\.weight, of: path, in: [layers.samples[0]]), first > 0,
        let last = layers.median(\.weight, of: path, in: layers.latest)
      else { return nil }
      return last / first
    }.min()
  }

  private func fromCurves(_ evidence: RunEvidence) -> Finding? {
    let curves = LearningCurves(evidence)
    // Augmentation alone, and batch normalization on tiny batches, have findings of their own.
    if let wiring = evidence.run.preflight?.wiring, wiring.dropout == 0,
      wiring.isAugmented || BatchNormSmallBatchRule.isNoisy(evidence)
    {
      return nil
    }
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
