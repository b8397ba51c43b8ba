import Foundation
import HoneMetrics
import HoneNumerics
import HoneRecords

/// The paired comparison of a changed arm with its control: the same seeds, the same samples.
///
/// Where one of them has fewer seeds, those that both have are compared.
struct Comparison {
  /// The estimate of the gain in scores.
  let gain: GainEstimate
  /// The mean metric of the control.
  let baselineMetric: Double
  /// The mean metric of the changed arm.
  let metric: Double
  /// The mean gain in the unit of the metric, in the direction of improvement.
  let delta: Double
  /// The interval of `delta`.
  let interval: [Double]
  /// The seeds that were compared.
  let seeds: Int

  init(
    control: Arm, changed: Arm, metric name: MetricName, level: Double,
    using stream: inout RandomStream
  ) {
    let seeds = min(control.seeds, changed.seeds)
    let control = control.prefix(seeds)
    let changed = changed.prefix(seeds)
    self.seeds = seeds
    let (before, after) = Self.finite(control.scores, changed.scores)
    gain = pairedGain(
      baseline: before, changed: after, samples: control.samples, level: level, using: &stream)
    baselineMetric = control.metrics.mean()
    metric = changed.metrics.mean()
    if name == .rootMeanSquaredError {
      // Scores are negative squared errors; the metric is a root. A monotone transform of the
      // interval's ends around the control's error keeps its coverage.
      let error = -before.flatMap(\.self).mean()
      func root(_ gain: Double) -> Double { error.squareRoot() - max(0, error - gain).squareRoot() }
      delta = root(gain.mean)
      interval = [root(gain.lower), root(gain.upper)]
    } else {
      delta = gain.mean
      interval = [gain.lower, gain.upper]
    }
  }

  /// What the interval says: kept where its lower end is above zero, rejected where its upper end is
  /// below.
  var decision: ExperimentRecord.Decision {
    if gain.lower > 0 { return .kept }
    return gain.upper < 0 ? .rejected : .inconclusive
  }

  /// The chance of such a gain, or a larger one, where there is none.
  var oneSidedPValue: Double {
    gain.pValue.isNaN ? 1 : gain.mean > 0 ? gain.pValue / 2 : 1 - gain.pValue / 2
  }

  /// A diverged run has scores that are no numbers: they count as ten times worse than the worst.
  private static func finite(
    _ first: [[Double]], _ second: [[Double]]
  ) -> ([[Double]], [[Double]]) {
    let worst = (first + second).flatMap { $0.filter(\.isFinite) }.min() ?? -1
    let stand = min(10 * worst, worst)
    func cleaned(_ rows: [[Double]]) -> [[Double]] {
      rows.map { $0.map { $0.isFinite ? $0 : stand } }
    }
    return (cleaned(first), cleaned(second))
  }
}
