import Foundation
import HoneNumerics
public import HoneRecords
import HoneText

/// The model goes on fitting the training data while it gets worse, or far worse, on new data.
///
/// Two forms: the validation loss has passed its minimum for good, or a large part of what was
/// learned does not carry over. A loss that rises while as many answers stay right is the business of
/// `OverconfidentRule`, unless the second form holds. Both are judged against standard errors and
/// against the size of what was learned, so that neither the loss's unit nor a large validation split
/// makes a finding.
public struct OverfitRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.overfit

  /// Standard errors that the rise must exceed at each of the last epochs.
  static let standardErrors = 2.0
  /// Epochs at the end that must lie above the minimum.
  static let sustained = 3
  /// The rise over the reduction learned below which it does not matter.
  static let smallestRise = 0.03
  /// The share of the learned reduction that does not carry over to validation, beyond doubt: of a small
  /// table's few validation samples the gap is known to a few tenths only.
  static let largestGap = 0.25

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    let curves = LearningCurves(evidence)
    guard curves.validation.count >= Diagnostician.minimumEpochs, let reference = curves.reference,
      let trainLevel = curves.lateLevel(curves.train), reference > trainLevel
    else { return nil }
    let signs = Signs(curves, learned: reference - trainLevel)
    guard signs.gap > Self.standardErrors * signs.gapError else { return nil }
    if signs.hasRisen, !Self.accuracyHolds(curves, evidence.run, since: signs.best.epoch) {
      return risen(signs, evidence)
    }
    if signs.leastGapShare > Self.largestGap, !signs.isFalling { return wide(signs, evidence) }
    return nil
  }

  /// Whether a classifier is right as often at the end as when its validation loss was lowest.
  private static func accuracyHolds(
    _ curves: LearningCurves, _ run: RunRecord, since epoch: Int
  ) -> Bool {
    guard run.task.kind != .regression, run.metric == "accuracy",
      let late = curves.lateLevel(curves.validationMetric),
      let then = curves.validationMetric.first(where: { $0.epoch == epoch })
    else { return false }
    return late >= then.value - standardErrors * (then.error ?? 0)
  }

  /// What the curves show, in the unit of the loss.
  private struct Signs {
    var best: Point
    var rise: Double
    var riseError: Double
    var riseShare: Double
    var hasRisen: Bool
    var gap: Double
    var gapError: Double
    var gapShare: Double
    /// What the share is at least, by two standard errors.
    var leastGapShare: Double
    var isFalling: Bool

    init(_ curves: LearningCurves, learned: Double) {
      let smooth = medianOfThree(curves.validation.map(\.value))
      let index = smooth.indices.min { smooth[$0] < smooth[$1] } ?? 0
      var lowest = curves.validation[index]
      lowest.value = smooth[index]
      let bestEpoch = lowest.epoch
      best = lowest
      riseError = max(curves.validationError(at: lowest), .leastNonzeroMagnitude)
      let last = curves.validation.suffix(sustained).map(\.value)
      rise = (last.min() ?? 0) - smooth[index]
      riseShare = rise / learned
      let trainAtBest = curves.train.last { $0.epoch <= bestEpoch }?.value
      let trainLast = curves.train.suffix(sustained).map(\.value).median()
      let trainFell = trainAtBest.map { trainLast < $0 } ?? false
      hasRisen =
        index < smooth.count - sustained && rise > standardErrors * riseError
        && riseShare > smallestRise && trainFell
      let level = last.median()
      gap = level - trainLast
      gapError = hypot(
        curves.validation.last.map { curves.validationError(at: $0) } ?? 0,
        curveNoise(curves.train.map(\.value)))
      gapShare = gap / learned
      leastGapShare = (gap - standardErrors * gapError) / learned
      isFalling = TrendLine(curves.tail(curves.validation)).map { $0.upper < 0 } ?? true
    }
  }

  private func risen(_ signs: Signs, _ evidence: RunEvidence) -> Finding {
    let distance = signs.rise / signs.riseError - Self.standardErrors
    return Finding(
      id: id, severity: .warning,
      confidence: min(
        Confidence.beyond(distance),
        Confidence.above(signs.riseShare, threshold: Self.smallestRise)),
      epoch: signs.best.epoch,
      evidence: [
        Evidence(
          signal: "validationLossRise", value: signs.rise,
          threshold: Self.standardErrors * signs.riseError, comparison: .above,
          source: "two standard errors over the minimum at three epochs; Prechelt 1998"),
        gapEvidence(signs),
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "The validation loss was lowest (\(Formatting.significant(signs.best.value))) at epoch \(signs.best.epoch) and "
          + "has risen by \(Formatting.significant(signs.rise)) since, while the training loss kept falling. The "
          + "model overfits: it memorizes the training samples.",
        korean:
          "검증 손실이 에폭 \(signs.best.epoch)에서 \(Formatting.significant(signs.best.value))로 가장 낮았다가 이후 "
          + "\(Formatting.significant(signs.rise)) 증가했고, 학습 손실은 계속 감소했습니다. 모델이 학습 데이터를 암기하는 "
          + "과대적합 상태입니다."))
  }

  private func wide(_ signs: Signs, _ evidence: RunEvidence) -> Finding {
    Finding(
      id: id, severity: .warning,
      confidence: min(
        Confidence.beyond(signs.gap / max(signs.gapError, .leastNonzeroMagnitude) - 2),
        Confidence.above(signs.gapShare, threshold: Self.largestGap)),
      epoch: signs.best.epoch,
      evidence: [
        gapEvidence(signs),
        Evidence(
          signal: "gapShare", value: signs.leastGapShare, threshold: Self.largestGap,
          comparison: .above,
          source: "generalisation gap, less two standard errors, over the loss reduction learned"),
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "The validation loss is \(Formatting.significant(signs.gap)) above the training loss and no longer falls: "
          + "\(Formatting.percent(signs.gapShare)) of what the model learned does not carry over to new data. "
          + "The model overfits.",
        korean: "검증 손실이 학습 손실보다 \(Formatting.significant(signs.gap)) 높고 더 감소하지 않습니다. 모델이 학습한 것의 "
          + "\(Formatting.percent(signs.gapShare))가 새로운 데이터에서는 통하지 않는 과대적합 상태입니다."))
  }

  private func gapEvidence(_ signs: Signs) -> Evidence {
    Evidence(
      signal: "generalizationGap", value: signs.gap,
      threshold: Self.standardErrors * signs.gapError, comparison: .above,
      source: "two standard errors of the difference, training loss in evaluation mode")
  }
}
