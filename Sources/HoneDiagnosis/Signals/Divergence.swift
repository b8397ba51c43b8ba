import Foundation
import HoneRecords

/// A training loss that rose for good.
struct Divergence {
  /// The epoch from which the loss is high.
  var epoch: Int?
  /// The late loss over the smallest before it.
  var ratio: Double

  /// The factor over the running minimum that counts as diverged.
  static let factor = 3.0

  /// Whether the loss ended above its start and three times above its minimum, in epochs or, where
  /// there are at least sixty, in sampled steps.
  init?(_ evidence: RunEvidence, reference: Double?) {
    let epochs = evidence.epochs.filter { $0.trainLoss.isFinite }
    let steps = evidence.steps.filter { $0.loss.isFinite }
    if let found = Self.rise(epochs.map(\.trainLoss), sustained: 2, reference: reference) {
      epoch = epochs[found.index].epoch
      ratio = found.ratio
    } else if steps.count >= 60,
      let found = Self.rise(steps.map(\.loss), sustained: 20, reference: reference)
    {
      epoch = steps[found.index].epoch
      ratio = found.ratio
    } else {
      return nil
    }
  }

  private static func rise(
    _ losses: [Double], sustained: Int, reference: Double?
  ) -> (index: Int, ratio: Double)? {
    guard losses.count > sustained, let first = losses.first else { return nil }
    let late = losses.suffix(sustained)
    guard let lowest = losses.dropLast(sustained).min(), let smallest = late.min() else {
      return nil
    }
    let start = max(reference ?? first, first)
    guard lowest > 0, smallest > factor * lowest, smallest > start else { return nil }
    let index = losses.firstIndex { $0 >= smallest && $0 > factor * lowest } ?? 0
    return (index, smallest / lowest)
  }
}
