import Foundation
public import HoneRecords
import HoneText

/// A loss that needed most of the run for half of what it learned.
public struct SlowConvergenceRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.slowConvergence

  /// The share of the epochs in which half of the reduction was reached.
  static let largestShare = 0.5

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    let curves = LearningCurves(evidence)
    guard curves.train.count >= 10, let reference = curves.reference,
      let level = curves.lateLevel(curves.train), curves.explained ?? 0 > 0.05
    else { return nil }
    let half = reference - (reference - level) / 2
    let smooth = medianOfThree(curves.train.map(\.value))
    guard let place = smooth.firstIndex(where: { $0 < half }) else { return nil }
    let share = Double(place + 1) / Double(smooth.count)
    guard share > Self.largestShare else { return nil }
    let shortfall = Shortfall(evidence)
    return Finding(
      id: id, severity: shortfall == nil ? .info : .warning,
      confidence: min(
        Confidence.above(share / (1.02 - share), threshold: 1), shortfall?.confidence ?? 0.9),
      epoch: curves.train[place].epoch,
      evidence: [
        Evidence(
          signal: "epochsToHalf", value: share, threshold: Self.largestShare, comparison: .above,
          source: "an exponential curve reaches half after a quarter of three time constants")
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "Half of what the model learned came only after epoch \(curves.train[place].epoch) of "
          + "\(curves.train.last?.epoch ?? 0). A higher learning rate, normalization or another "
          + "optimizer may save most of that time.",
        korean:
          "학습한 양의 절반에 이르는 데 에폭 \(curves.train.last?.epoch ?? 0)개 중 \(curves.train[place].epoch)개가 "
          + "걸렸습니다. 학습률을 높이거나 정규화 층, 다른 최적화 기법을 쓰면 시간을 크게 줄일 수 있습니다."))
  }
}
