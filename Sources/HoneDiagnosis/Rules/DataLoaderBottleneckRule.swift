import Foundation
import HoneNumerics
public import HoneRecords
import HoneText

/// The trainer waits for data.
///
/// It says nothing about the model's quality.
public struct DataLoaderBottleneckRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.dataLoaderBottleneck

  /// The share of an epoch spent waiting.
  static let largestShare = 0.2

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    // The first epoch also fills caches.
    let shares = evidence.epochs.dropFirst().map(\.waitShare).filter(\.isFinite)
    guard shares.count >= 2 else { return nil }
    let share = shares.median()
    guard share > Self.largestShare else { return nil }
    return Finding(
      id: id, severity: .info, confidence: Confidence.above(share, threshold: Self.largestShare),
      evidence: [
        Evidence(
          signal: "waitShare", value: share, threshold: Self.largestShare, comparison: .above,
          source: "a fifth of the step; prefetching hides all of it where loading is faster")
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "Training waited for data \(Formatting.percent(share)) of the time. The result is not affected, but the "
          + "run could be faster.",
        korean: "학습 시간의 \(Formatting.percent(share))를 데이터를 기다리는 데 썼습니다. 결과에는 영향이 없지만 더 빠르게 "
          + "학습할 수 있습니다."))
  }
}
