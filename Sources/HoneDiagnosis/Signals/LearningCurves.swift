import Foundation
import HoneNumerics
import HoneRecords

/// One finite value of a curve.
struct Point: Equatable {
  var epoch: Int
  var value: Double
  /// The standard error over samples, where it was recorded.
  var error: Double?
}

/// A run's curves as the rules read them: finite points in order of epochs, the loss of knowing
/// nothing as the yardstick, and the noise from epoch to epoch.
struct LearningCurves {
  /// The loss of the training split, in evaluation mode where every epoch has it.
  var train: [Point]
  /// The loss of the batches as they were trained on.
  var trainMode: [Point]
  /// Whether `train` was measured in evaluation mode.
  var trainIsEvaluated: Bool
  var validation: [Point]
  var trainMetric: [Point]
  var validationMetric: [Point]
  /// The loss of a model that has learned nothing.
  var reference: Double?
  /// Whether `reference` comes from the data, and not from the first epoch.
  var referenceIsKnown: Bool

  init(_ evidence: RunEvidence) {
    let epochs = evidence.epochs.sorted { $0.epoch < $1.epoch }
    let evaluated = epochs.filter { $0.trainEvaluationLoss != nil }
    trainIsEvaluated = !evaluated.isEmpty && evaluated.count == epochs.count
    trainMode = Self.points(epochs) { $0.trainLoss }
    train = trainIsEvaluated ? Self.points(epochs) { $0.trainEvaluationLoss } : trainMode
    validation = Self.points(epochs, error: \.validationLossError) { $0.validationLoss }
    let usesEvaluation = trainIsEvaluated
    trainMetric = Self.points(epochs) {
      usesEvaluation ? $0.trainEvaluationMetric ?? $0.trainMetric : $0.trainMetric
    }
    validationMetric = Self.points(epochs, error: \.validationMetricError) {
      $0.validationMetric
    }
    let known = Self.knownReference(evidence.run)
    referenceIsKnown = known != nil
    // The first epoch has already learned; two equally frequent classes are the least there can be.
    let least = evidence.run.task.kind == .multiclass ? log(2.0) : 0
    reference = known ?? trainMode.prefix(3).map(\.value).max().map { max($0, least) }
  }

  /// What the last quarter of the epochs has learned of what there was to learn, 0...1: one minus
  /// the training loss over the reference.
  var explained: Double? {
    guard let reference, reference > 0, let level = lateLevel(train) else { return nil }
    return 1 - level / reference
  }

  /// The reduction of the training loss below the reference; the unit in which effects are judged.
  var learned: Double? {
    guard let reference, let level = lateLevel(train) else { return nil }
    return max(reference - level, 0)
  }

  /// The last quarter of a curve, at least four points, without its first point.
  func tail(_ points: [Point]) -> [Point] {
    Array(points.dropFirst().suffix(max(4, (points.count + 3) / 4)))
  }

  /// The median of the last quarter.
  func lateLevel(_ points: [Point]) -> Double? {
    points.isEmpty ? nil : tail(points.count > 1 ? points : points + points).map(\.value).median()
  }

  /// The standard error of a single epoch's validation loss: noise from epoch to epoch and, where it
  /// was recorded, the sampling error at that epoch.
  func validationError(at point: Point) -> Double {
    hypot(curveNoise(validation.map(\.value)), point.error ?? 0)
  }

  private static func points(
    _ epochs: [EpochRecord], error: KeyPath<EpochRecord, Double?>? = nil,
    _ value: (EpochRecord) -> Double?
  ) -> [Point] {
    epochs.compactMap { record in
      guard let number = value(record), number.isFinite else { return nil }
      return Point(epoch: record.epoch, value: number, error: error.flatMap { record[keyPath: $0] })
    }
  }

  /// The loss of always giving the class frequencies, or the mean of the targets.
  private static func knownReference(_ run: RunRecord) -> Double? {
    if let expected = run.preflight?.expectedInitialLoss, expected.isFinite, expected > 0 {
      return expected
    }
    guard run.task.kind == .multiclass || run.task.kind == .binary else { return nil }
    // The entropy of the classes is the yardstick of cross-entropies alone.
    if let expects = run.preflight?.wiring?.expects, expects == .values { return nil }
    let total = run.task.classCounts.reduce(0, +)
    guard total > 0, run.task.classCounts.count > 1 else { return nil }
    return run.task.classCounts.filter { $0 > 0 }.reduce(0) { sum, count in
      let share = Double(count) / Double(total)
      return sum - share * log(share)
    }
  }
}
