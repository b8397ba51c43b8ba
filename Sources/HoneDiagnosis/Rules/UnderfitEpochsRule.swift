import Foundation
import HoneNumerics
public import HoneRecords
import HoneText

/// The run ended while it was still learning.
public struct UnderfitEpochsRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.underfitEpochs

  /// The part of all learned so far that came in the last quarter of the epochs.
  ///
  /// An exponential curve still gains this much when three of its time constants have passed.
  static let largestShare = 0.05
  /// The last quarter's fall over the present loss, for curves that approach zero by a power law.
  static let largestRelative = 0.1
  /// The part of all learned that must come with it.
  static let smallestShare = 0.02

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    // A run that goes on, or was ended from outside, is not to blame for its length.
    let status = evidence.run.status
    guard status != .stoppedEarly, status != .running, status != .interrupted else { return nil }
    let curves = LearningCurves(evidence)
    let usesValidation = curves.validation.count >= Diagnostician.minimumEpochs
    let curve = usesValidation ? curves.validation : curves.train
    guard curve.count >= Diagnostician.minimumEpochs else { return nil }
    let tail = curves.tail(curve)
    guard let trend = TrendLine(tail), trend.upper < 0, let reference = curves.reference else {
      return nil
    }
    let level = tail.suffix(3).map(\.value).median()
    let learned = reference - level
    guard learned > 0, level > 0 else { return nil }
    let gain = -trend.slope * Double(curve.count) / 4
    let share = gain / learned
    let relative = gain / level
    let isPowerLaw = relative > Self.largestRelative && share > Self.smallestShare
    guard share > Self.largestShare || isPowerLaw else { return nil }
    let error = max(trend.standardError, .leastNonzeroMagnitude)
    let confidence = min(
      Confidence.beyond(-trend.upper / error + 1),
      max(
        Confidence.above(share, threshold: Self.largestShare),
        isPowerLaw ? Confidence.above(relative, threshold: Self.largestRelative) : 0))
    let signal = usesValidation ? "validationLossSlope" : "trainLossSlope"
    // A model that does as well as the nearest neighbours has no lack that epochs must cure.
    let isFine = evidence.run.preflight?.neighbours != nil && Shortfall(evidence) == nil
    return Finding(
      id: id, severity: isFine ? .info : .warning, confidence: confidence, epoch: tail.first?.epoch,
      evidence: [
        Evidence(
          signal: signal, value: trend.upper, threshold: 0, comparison: .below,
          source: "upper 95 % bound of the Theil-Sen slope of the last quarter (Sen 1968)"),
        Evidence(
          signal: share > Self.largestShare ? "lastQuarterGainShare" : "lastQuarterGainRelative",
          value: share > Self.largestShare ? share : relative,
          threshold: share > Self.largestShare ? Self.largestShare : Self.largestRelative,
          comparison: .above,
          source: "an exponential curve gains 5 % in its last quarter after three time constants"),
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "The \(usesValidation ? "validation" : "training") loss was still falling when the run "
          + "ended: by \(Formatting.significant(-trend.slope)) an epoch. Training on is likely to help.",
        korean: "학습을 마칠 때까지도 \(usesValidation ? "검증" : "학습") 손실이 에폭마다 "
          + "\(Formatting.significant(-trend.slope))씩 감소하고 있었습니다. 에폭을 늘리면 성능이 좋아질 가능성이 큽니다."))
  }
}
