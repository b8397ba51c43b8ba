import Foundation
import HoneNumerics
public import HoneRecords
import HoneText

/// Steps are so large that they undo each other.
///
/// A symptom (divergence, a loss that stays at or jumps above that of knowing nothing, a training
/// loss that oscillates) must come together with a sign that steps are large (the update ratio, the
/// range test's divergence, an early spike).
public struct LearningRateTooHighRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.learningRateTooHigh

  /// The median ratio of update to weight norm above which steps are large; 1e-3 is usual.
  static let largestUpdateRatio = 3e-2
  /// The share of the range test's divergence rate that is still safe.
  static let safeShare = 0.5
  /// How far above the loss of knowing nothing an early step must jump.
  static let spikeRatio = 3.0
  /// The steps that count as first.
  static let earlySteps = 10
  /// How far above the loss of knowing nothing the first steps must throw it to count by themselves.
  static let blastRatio = 10.0
  /// The ratio of update to weight norm with it: a hundred times what is healthy.
  static let blastUpdate = 0.1

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    let curves = LearningCurves(evidence)
    let divergence = Divergence(evidence, reference: curves.reference)
    let hasFailed =
      evidence.steps.contains { !$0.loss.isFinite }
      || evidence.epochs.contains { !$0.trainLoss.isFinite }
    let isStuck =
      curves.referenceIsKnown && curves.train.count >= 2
      && (curves.explained ?? 1) < NotLearningRule.smallestShare
    let oscillation = Oscillation(curves)
    let blast = blast(evidence, curves)
    guard divergence != nil || hasFailed || isStuck || oscillation != nil || blast != nil else {
      return nil
    }

    var signs: [(Evidence, Double)] = [
      updateSign(evidence), rangeSign(evidence), spikeSign(evidence, curves),
    ].compactMap { $0 }
    if let divergence {
      signs.append(
        (
          Evidence(
            signal: "lossRise", value: divergence.ratio, threshold: Divergence.factor,
            comparison: .above, source: "loss three times its minimum and above its start"),
          Confidence.above(divergence.ratio, threshold: Divergence.factor)
        ))
    }
    if let blast { signs.append(blast) }
    guard !signs.isEmpty else { return nil }
    // Independent signs of one cause: the finding is as probable as the best of them.
    let confidence = signs.map(\.1).max() ?? 0.5
    return Finding(
      id: id, severity: .critical, confidence: confidence,
      epoch: divergence?.epoch ?? curves.trainMode.first?.epoch, evidence: signs.map(\.0),
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: message(
        evidence, diverged: divergence != nil || hasFailed, isStuck: isStuck,
        blasts: oscillation == nil))
  }

  private func updateSign(_ evidence: RunEvidence) -> (Evidence, Double)? {
    let ratios =
      evidence.steps.compactMap(\.updateRatio) + evidence.epochs.compactMap(\.updateRatio)
    let finite = ratios.filter(\.isFinite)
    guard finite.count >= 3 else { return nil }
    let value = finite.median()
    guard value > Self.largestUpdateRatio else { return nil }
    return (
      Evidence(
        signal: "updateRatio", value: value, threshold: Self.largestUpdateRatio,
        comparison: .above, source: "CS231n: about 1e-3 is healthy; thirty times that is not"),
      Confidence.above(value, threshold: Self.largestUpdateRatio)
    )
  }

  /// The first steps throw the weights about and the loss beyond all bounds, whatever became of the run.
  private func blast(
    _ evidence: RunEvidence, _ curves: LearningCurves
  ) -> (Evidence, Double)? {
    let early = evidence.steps.prefix(Self.earlySteps)
    let ratio = early.compactMap(\.updateRatio).filter(\.isFinite).max() ?? 0
    guard let start = evidence.run.preflight?.initialLoss ?? early.first?.loss, start > 0,
      let peak = early.map(\.loss).filter(\.isFinite).max(),
      peak > Self.blastRatio * max(start, curves.reference ?? start), ratio > Self.blastUpdate
    else { return nil }
    return (
      Evidence(
        signal: "earlyUpdateRatio", value: ratio, threshold: Self.blastUpdate, comparison: .above,
        source: "a step that moves all weights by a tenth; CS231n: 1e-3 is healthy"),
      Confidence.above(ratio, threshold: Self.blastUpdate)
    )
  }

  private func rangeSign(_ evidence: RunEvidence) -> (Evidence, Double)? {
    guard let test = evidence.run.preflight?.rangeTest, test.verdict != .failed,
      let limit = test.divergence,
      let used = evidence.epochs.map(\.learningRate).max(), used > Self.safeShare * limit
    else { return nil }
    return (
      Evidence(
        signal: "learningRate", value: used, threshold: Self.safeShare * limit,
        comparison: .above, source: "half the range test's divergence (Smith 2017)"),
      Confidence.above(used, threshold: Self.safeShare * limit)
    )
  }

  private func spikeSign(
    _ evidence: RunEvidence, _ curves: LearningCurves
  ) -> (Evidence, Double)? {
    guard let start = evidence.run.preflight?.initialLoss ?? curves.reference, start > 0 else {
      return nil
    }
    let early = evidence.steps.prefix { $0.epoch <= 1 }.map(\.loss).filter(\.isFinite)
    let level = max(start, curves.reference ?? start)
    guard let peak = early.max(), peak > Self.spikeRatio * level else { return nil }
    return (
      Evidence(
        signal: "earlyLossSpike", value: peak / level, threshold: Self.spikeRatio,
        comparison: .above, source: "a step should not triple the loss of knowing nothing"),
      Confidence.above(peak / level, threshold: Self.spikeRatio)
    )
  }

  private func message(
    _ evidence: RunEvidence, diverged: Bool, isStuck: Bool, blasts: Bool
  ) -> Localized {
    let rate = Formatting.significant(evidence.epochs.map(\.learningRate).max() ?? 0)
    let english =
      diverged
      ? "The training loss diverged"
      : isStuck
        ? "The training loss stays where it began"
        : blasts ? "The first steps threw the loss far up" : "The training loss oscillates"
    let korean =
      diverged
      ? "학습 손실이 발산했습니다"
      : isStuck
        ? "학습 손실이 처음 수준에 머물러 있습니다"
        : blasts ? "첫 스텝에서 손실이 크게 치솟았습니다" : "학습 손실이 진동합니다"
    return Localized(
      "\(english), and the steps are too large for this model. The learning rate of \(rate) is too "
        + "high: lower it, or warm it up.",
      korean: "\(korean). 갱신의 크기가 이 모델에 비해 너무 큽니다. 학습률 \(rate)이(가) 지나치게 높으므로 "
        + "낮추거나 워밍업을 사용하십시오.")
  }
}
