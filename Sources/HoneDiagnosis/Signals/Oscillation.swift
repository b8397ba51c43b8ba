import Foundation
import HoneNumerics

/// A training loss that jumps from epoch to epoch, over and above its trend.
struct Oscillation {
  /// The noise's standard deviation over what the model has learned.
  var share: Double
  /// The epoch from which the curve was judged.
  var epoch: Int

  /// The share of the learned reduction above which the noise is a fault.
  static let threshold = 0.1

  /// Judges the second half of the curve of the training loss: at least six epochs.
  init?(_ curves: LearningCurves) {
    let half = Array(curves.train.suffix(max(6, curves.train.count / 2)))
    guard half.count >= 6, let first = half.first, let reference = curves.reference else {
      return nil
    }
    let noise = curveNoise(half.map(\.value))
    let learned = reference - half.map(\.value).median()
    // Noise around a model that has learned nothing says nothing about its steps.
    guard learned > NotLearningRule.smallestShare * reference else { return nil }
    share = noise / learned
    epoch = first.epoch
    let changes = zip(half.dropFirst(), half).map { $0.value - $1.value }
    let turns = zip(changes.dropFirst(), changes).count { $0 * $1 < 0 }
    // White noise turns at two points in three; a smooth curve hardly ever.
    guard share > Self.threshold, turns * 3 >= changes.count else { return nil }
  }
}
