import Foundation
public import HoneMetrics
import HoneNumerics
public import HoneRecords

/// A model's outputs over a complete set of samples, with the loss of each.
public struct EvaluationResult: Sendable, Equatable {
  /// The data set's index of each sample.
  public var indices: [Int] = []
  /// The loss of each sample.
  public var losses: [Double] = []
  /// `[samples, width]`, row-major: logits, or predictions in the unit of the data.
  public var outputs: [Float] = []
  /// Numbers per sample in `outputs`.
  public var width = 0
  /// The true class of each sample; empty for regression.
  public var labels: [Int] = []
  /// The true value of each sample in the unit of the data; empty for classification.
  public var targets: [Float] = []

  /// The number of samples.
  public var count: Int { indices.count }

  /// The mean loss.
  public var loss: Double { losses.mean() }

  /// The standard error of the mean loss.
  public var lossError: Double { losses.standardError() }

  /// What paired comparisons compare for each sample, larger better: 1 or 0 for right or wrong, the
  /// negative squared error for regression.
  public var scores: [Double] {
    labels.isEmpty
      ? zip(outputs, targets).map { -pow(Double($0) - Double($1), 2) }
      : zip(predictedClasses, labels).map { $0 == $1 ? 1 : 0 }
  }

  /// The class of the largest output of each sample.
  public var predictedClasses: [Int] {
    outputs.withUnsafeBufferPointer { outputs in
      (0..<count).map { sample in
        let row = outputs[(sample * width)..<((sample + 1) * width)]
        guard var most = row.first else { return 0 }
        var largest = 0
        // Chosen without a branch, which random values would mislead.
        for (place, value) in row.enumerated() {
          let isLarger = most < value
          largest = isLarger ? place : largest
          most = isLarger ? value : most
        }
        return largest
      }
    }
  }

  /// The value of a metric; not a number where it has no meaning.
  public func value(of metric: MetricName) -> Double {
    switch metric {
    case .accuracy: scores.mean()
    case .rootMeanSquaredError: (-scores.mean()).squareRoot()
    case .meanSquaredError: -scores.mean()
    default: classification?.value(of: metric) ?? regression?.value(of: metric) ?? .nan
    }
  }

  /// The standard error of a metric that is a mean over samples, or a root of one; nil for others.
  public func standardError(of metric: MetricName) -> Double? {
    switch metric {
    case .accuracy, .meanSquaredError: scores.standardError()
    case .rootMeanSquaredError:
      // The delta method: d sqrt(m) = dm / (2 sqrt(m)).
      scores.standardError() / (2 * max(value(of: metric), .leastNormalMagnitude))
    default: nil
    }
  }

  /// All classification metrics; nil for regression.
  public var classification: ClassificationSummary? {
    labels.isEmpty || count == 0
      ? nil : ClassificationSummary(logits: outputs, labels: labels, classes: width)
  }

  /// All regression metrics; nil for classification.
  public var regression: RegressionSummary? {
    targets.isEmpty
      ? nil : RegressionSummary(predictions: outputs, targets: targets, outputs: width)
  }

  /// The result with something added to the output of each class; losses stay those of training.
  public func moved(by offsets: [Float]?) -> EvaluationResult {
    guard let offsets, offsets.count == width else { return self }
    var result = self
    for place in outputs.indices { result.outputs[place] += offsets[place % width] }
    return result
  }

  /// The result as records keep it, with a bootstrap interval of the metric over samples.
  public func record(
    split: String, metric: MetricName, epoch: Int?, seed: UInt64
  ) -> EvaluationRecord {
    var stream = RandomStream(seed: seed, "evaluation interval")
    let summary = classification
    var record = EvaluationRecord(
      split: split, samples: count, loss: loss, metric: value(of: metric),
      confusion: summary?.confusion ?? [],
      metrics: summary?.metrics ?? regression?.metrics ?? [:],
      calibration: summary?.calibration.bins, epoch: epoch)
    if count > 1 {
      let estimate =
        summary?.interval(of: metric, using: &stream)
        ?? regression?.interval(of: metric, using: &stream)
      record.interval = estimate.map { [$0.lower, $0.upper] }
    }
    return record
  }
}
