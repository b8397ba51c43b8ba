import Foundation
import HoneNumerics
public import HoneRecords
import HoneText

/// The training loss is flat and noisy at a constant learning rate, short of a fit.
public struct LossPlateauRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.lossPlateau

  /// The noise of the flat part over what was learned: enough to hide a minimum nearby.
  static let smallestNoise = 0.03
  /// The explained share of the loss above which nothing is left to gain.
  static let fitted = 0.9

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    let curves = LearningCurves(evidence)
    let half = Array(curves.train.suffix(curves.train.count / 2))
    guard half.count >= 5, hasConstantRate(evidence), let trend = TrendLine(half),
      trend.lower <= 0, trend.upper >= 0, let explained = curves.explained,
      explained < Self.fitted, explained > NotLearningRule.smallestShare,
      let learned = curves.learned, learned > 0
    else { return nil }
    let share = curveNoise(half.map(\.value)) / learned
    guard share > Self.smallestNoise else { return nil }
    return Finding(
      id: id, severity: .info,
      confidence: min(
        Confidence.above(share, threshold: Self.smallestNoise),
        Confidence.above((1 - explained) / (1 - Self.fitted), threshold: 1)),
      epoch: half.first?.epoch,
      evidence: [
        Evidence(
          signal: "trainLossSlope", value: trend.slope, threshold: trend.upper,
          comparison: .below, source: "Theil-Sen interval of the second half contains 0"),
        Evidence(
          signal: "trainLossNoiseShare", value: share, threshold: Self.smallestNoise,
          comparison: .above,
          source: "noise of second differences over the loss reduction learned so far"),
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "Since epoch \(half.first?.epoch ?? 0) the training loss moves up and down around "
          + "\(Formatting.significant(half.map(\.value).median())) at a constant learning rate. Letting the rate decay "
          + "may find the minimum inside that noise.",
        korean: "에폭 \(half.first?.epoch ?? 0)부터 학습률이 일정한 채 학습 손실이 "
          + "\(Formatting.significant(half.map(\.value).median())) 부근에서 오르내립니다. 학습률을 점차 낮추면 더 낮은 손실에 "
          + "이를 수 있습니다."))
  }

  private func hasConstantRate(_ evidence: RunEvidence) -> Bool {
    let rates = evidence.epochs.suffix(max(evidence.epochs.count / 2, 1)).map(\.learningRate)
    guard let smallest = rates.min(), let largest = rates.max() else { return false }
    return largest > 0 && largest <= smallest * 1.01
  }
}
