import Foundation
import HoneRecords

/// An error with its standard error over samples.
struct MeasuredError: Equatable {
  var value: Double
  var error: Double

  /// The difference of two errors that were measured on different samples.
  static func - (first: MeasuredError, second: MeasuredError) -> MeasuredError {
    MeasuredError(
      value: first.value - second.value, error: hypot(first.error, second.error))
  }

  /// Its 95 % interval.
  var interval: [Double] { [value - 1.96 * error, value + 1.96 * error] }
}

/// A run's errors on its splits, at the epoch whose weights are kept.
struct RunErrors {
  /// The metric's name, or `loss` where only losses are known.
  let metric: String
  /// Whether the error is one less the metric.
  let isOneLess: Bool
  let epoch: Int
  let train: MeasuredError
  let validation: MeasuredError?
  let test: MeasuredError?
  /// Whether the validation's standard error is how far it jumps from epoch to epoch.
  ///
  /// Of curves from elsewhere the number of samples is not known. Chance that all epochs share does not show
  /// in jumps.
  let validationScatters: Bool

  /// Samples of the training split that are evaluated after an epoch, at most.
  private static let trainSamples = 2_000

  /// Nil before the first epoch with a finite number.
  init?(_ evidence: RunEvidence) {
    let run = evidence.run
    guard let epoch = Self.kept(evidence) else { return nil }
    self.epoch = epoch.epoch
    let usesMetric = epoch.validationMetric != nil && Self.trainMetric(epoch) != nil
    metric = usesMetric ? run.metric : "loss"
    isOneLess = usesMetric && run.metricIsBetterWhenLarger
    let isShare = usesMetric && run.metricIsBetterWhenLarger && run.task.kind != .regression
    let flips = isOneLess
    func error(_ value: Double, _ known: Double?, of samples: Int) -> MeasuredError {
      let count = Double(max(samples, 1))
      // Where no error was recorded: a share's is binomial, that of a root of mean squares is its value
      // over the root of twice the number of samples.
      let guess =
        isShare
        ? (max(value * (1 - value), 0.25 / count) / count).squareRoot()
        : abs(value) / (2 * count).squareRoot()
      return MeasuredError(value: flips ? 1 - value : value, error: known ?? guess)
    }
    let trained = run.task.trainSamples > 0 ? run.task.trainSamples : Self.trainSamples
    let seen = min(trained, Self.trainSamples)
    let held = run.task.validationSamples
    let recorded = usesMetric ? epoch.validationMetricError : epoch.validationLossError
    let scatter =
      held > 0
      ? nil : Self.scatter(evidence) { usesMetric ? $0.validationMetric : $0.validationLoss }
    validationScatters = recorded == nil && scatter != nil
    if usesMetric, let own = Self.trainMetric(epoch), let other = epoch.validationMetric {
      train = error(own, nil, of: seen)
      validation = error(other, recorded ?? scatter, of: held)
    } else {
      train = error(epoch.trainEvaluationLoss ?? epoch.trainLoss, nil, of: seen)
      validation = epoch.validationLoss.map { error($0, recorded ?? scatter, of: held) }
    }
    if usesMetric, let result = run.test {
      let width = result.interval.flatMap { $0.count == 2 ? ($0[1] - $0[0]) / (2 * 1.96) : nil }
      test = error(result.metric, width, of: result.samples)
    } else {
      test = nil
    }
  }

  /// How far a curve jumps from epoch to epoch; nil for one too short to tell.
  private static func scatter(
    _ evidence: RunEvidence, of value: (EpochRecord) -> Double?
  ) -> Double? {
    let values = evidence.epochs.compactMap(value).filter(\.isFinite)
    return values.count < Diagnostician.minimumEpochs ? nil : curveNoise(values)
  }

  private static func trainMetric(_ epoch: EpochRecord) -> Double? {
    (epoch.trainEvaluationMetric ?? epoch.trainMetric).flatMap { $0.isFinite ? $0 : nil }
  }

  /// The epoch whose weights are kept, else the last with finite numbers.
  private static func kept(_ evidence: RunEvidence) -> EpochRecord? {
    let finite = evidence.epochs.filter {
      $0.trainLoss.isFinite && $0.validationLoss?.isFinite != false
    }
    if let best = evidence.run.best, best.trainLoss.isFinite { return best }
    return finite.max { $0.epoch < $1.epoch }
  }
}
