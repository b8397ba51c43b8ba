import Foundation
public import HoneRecords
import HoneText

/// The model has settled on the training data without fitting it, and it is small for the data.
///
/// Curves alone cannot tell a small model from data that hold no more; the finding asks for a model
/// with fewer parameters than training samples, and its remedy is an experiment.
public struct UnderfitCapacityRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.underfitCapacity

  /// The explained share of the loss above which the training data count as fitted.
  static let fitted = 0.7
  /// The same for curves without a model.
  static let fittedUnknown = 0.4
  /// The ratio of the gap between the splits to what was learned under which they agree.
  static let largestGap = 0.1

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    let curves = LearningCurves(evidence)
    guard curves.train.count >= Diagnostician.minimumEpochs, let explained = curves.explained,
      let learned = curves.learned, explained > NotLearningRule.smallestShare,
      let level = curves.lateLevel(curves.train)
    else { return nil }
    let run = evidence.run
    let isKnown = run.parameters > 0 && run.task.trainSamples > 0
    let samplesPerParameter =
      isKnown ? Double(run.task.trainSamples) / Double(run.parameters) : nil
    if let samplesPerParameter, samplesPerParameter < 1 { return nil }
    // Where the nearest neighbours do no better, the data hold no more.
    if run.preflight?.neighbours != nil, Shortfall(evidence) == nil { return nil }
    let threshold = isKnown ? Self.fitted : Self.fittedUnknown
    guard explained < threshold, hasSettled(curves, learned: learned),
      gap(curves, level: level) < Self.largestGap * learned
    else { return nil }
    let unexplained = (1 - explained) / (1 - threshold)
    var evidenceList = [
      Evidence(
        signal: "explainedLoss", value: explained, threshold: threshold, comparison: .below,
        source: "training loss in evaluation mode against that of knowing nothing")
    ]
    var confidence = Confidence.above(unexplained, threshold: 1)
    if let samplesPerParameter {
      evidenceList.append(
        Evidence(
          signal: "samplesPerParameter", value: samplesPerParameter, threshold: 1,
          comparison: .above, source: "a model with fewer parameters than samples cannot store them"
        ))
      confidence = min(confidence, Confidence.above(samplesPerParameter, threshold: 1))
    }
    return Finding(
      id: id, severity: .warning, confidence: confidence,
      epoch: curves.tail(curves.train).first?.epoch, evidence: evidenceList,
      remedies: RemedyCatalogue(for: run).remedies(for: id),
      message: Localized(
        "The training loss has settled at \(Formatting.significant(level)) and explains only \(Formatting.percent(explained)) "
          + "of what there is to learn; validation is no worse. The model underfits: give it more "
          + "capacity before collecting data.",
        korean:
          "학습 손실이 \(Formatting.significant(level))에서 더 줄지 않으며 학습할 수 있는 양의 \(Formatting.percent(explained))만 "
          + "설명합니다. 검증 손실도 이와 비슷합니다. 과소적합이므로 데이터를 모으기 전에 모델의 용량을 늘리십시오."))
  }

  /// Whether a further quarter of the epochs would add less than the epochs rule asks for.
  private func hasSettled(_ curves: LearningCurves, learned: Double) -> Bool {
    let tail = curves.tail(curves.train)
    guard let trend = TrendLine(tail) else { return false }
    let gain = -trend.slope * Double(curves.train.count) / 4
    return gain < UnderfitEpochsRule.largestShare * learned
      || trend.upper >= 0
  }

  /// The generalisation gap in the last quarter, less two standard errors; zero without validation.
  private func gap(_ curves: LearningCurves, level: Double) -> Double {
    guard let validation = curves.lateLevel(curves.validation), let last = curves.validation.last
    else { return 0 }
    return max(validation - level - 2 * curves.validationError(at: last), 0)
  }
}
