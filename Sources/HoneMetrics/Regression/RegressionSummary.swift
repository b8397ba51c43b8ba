import Foundation
public import HoneNumerics

/// All metrics of a model that predicts numbers.
public struct RegressionSummary: Sendable {
  /// How many samples there were.
  public let samples: Int
  /// How many numbers are predicted for each sample.
  public let outputs: Int
  /// The mean over outputs of the squared error, for each sample.
  public let squaredErrors: [Double]
  /// The mean over outputs of the absolute error, for each sample.
  public let absoluteErrors: [Double]
  /// The mean over outputs of the absolute error as a share of the target, for each sample.
  ///
  /// A target of zero counts as the spacing of numbers at 1, as in scikit-learn.
  public let relativeErrors: [Double]
  private let predictions: [Double]
  private let targets: [Double]

  /// The summary of a model's predictions, in the units of the targets.
  /// - Parameters:
  ///   - predictions: `[samples, outputs]`, row-major.
  ///   - targets: in the same form.
  ///   - outputs: how many numbers each sample has.
  /// - Precondition: as many predictions as targets, in whole rows.
  public init(predictions: [Float], targets: [Float], outputs: Int = 1) {
    guard outputs > 0, predictions.count == targets.count, targets.count.isMultiple(of: outputs)
    else {
      fatalError(
        "RegressionSummary got \(predictions.count) predictions and \(targets.count) targets of "
          + "\(outputs) outputs; it needs whole rows of each.")
    }
    self.init(
      predictions: predictions.map(Double.init), targets: targets.map(Double.init),
      outputs: outputs)
  }

  /// The summary of predictions that may be bad.
  /// - Throws: `MetricError` that names what is wrong and where.
  public init(
    checking predictions: [Float], targets: [Float], outputs: Int = 1
  ) throws(MetricError) {
    try MetricError.checkCount(predictions.count, "predictions", targets.count)
    try MetricError.checkFinite(predictions, "predictions")
    try MetricError.checkFinite(targets, "targets")
    self.init(predictions: predictions, targets: targets, outputs: outputs)
  }

  private init(predictions: [Double], targets: [Double], outputs: Int) {
    self.predictions = predictions
    self.targets = targets
    self.outputs = outputs
    samples = targets.count / outputs
    let errors = zip(predictions, targets).map { $0 - $1 }
    let rows = stride(from: 0, to: targets.count, by: outputs).map { $0..<($0 + outputs) }
    squaredErrors = rows.map { row in errors[row].map { $0 * $0 }.mean() }
    absoluteErrors = rows.map { row in errors[row].map(abs).mean() }
    relativeErrors = rows.map { row in
      row.map { abs(errors[$0]) / max(abs(targets[$0]), .ulpOfOne) }.mean()
    }
  }

  /// The mean distance of predictions from targets.
  public var meanAbsoluteError: Double { absoluteErrors.mean() }

  /// The mean squared distance of predictions from targets.
  public var meanSquaredError: Double { squaredErrors.mean() }

  /// The square root of the mean squared error over all outputs.
  public var rootMeanSquaredError: Double { meanSquaredError.squareRoot() }

  /// The share of the targets' variance that the predictions explain, averaged over outputs; not a
  /// number for fewer than two samples.
  ///
  /// A constant target that is met gives 1, one that is missed 0.
  public var r2: Double {
    guard samples > 1 else { return .nan }
    return (0..<outputs).map { output -> Double in
      let truth = column(output, of: targets)
      let mean = truth.mean()
      let total = truth.map { ($0 - mean) * ($0 - mean) }.sum()
      let residual = zip(truth, column(output, of: predictions)).map { ($0 - $1) * ($0 - $1) }.sum()
      if total == 0 { return residual == 0 ? 1 : 0 }
      return 1 - residual / total
    }.mean()
  }

  /// The value of a metric; nil where it has no meaning here.
  public func value(of metric: MetricName) -> Double? {
    switch metric {
    case .meanAbsoluteError: meanAbsoluteError
    case .meanSquaredError: meanSquaredError
    case .rootMeanSquaredError: rootMeanSquaredError
    case .meanAbsolutePercentageError: relativeErrors.mean()
    case .r2: r2
    case .pearsonCorrelation: overOutputs(HoneMetrics.pearsonCorrelation)
    case .spearmanCorrelation: overOutputs(HoneMetrics.spearmanCorrelation)
    default: nil
    }
  }

  /// Every metric that has a value here, by its raw name.
  public var metrics: [String: Double] {
    Dictionary(
      uniqueKeysWithValues: MetricName.allCases.compactMap { name in
        value(of: name).map { (name.rawValue, $0) }
      })
  }

  /// A metric with its percentile bootstrap interval over samples (Efron 1979).
  /// - Returns: nil where the metric has no meaning here or there are no samples.
  public func interval(
    of metric: MetricName, level: Double = 0.95, resamples: Int = 2000,
    using stream: inout RandomStream
  ) -> BootstrapEstimate? {
    guard samples > 0, value(of: metric) != nil else { return nil }
    return Bootstrap.estimate(
      count: samples, level: level, resamples: resamples, using: &stream
    ) { indices in
      switch metric {
      case .meanAbsoluteError: mean(absoluteErrors, indices)
      case .meanSquaredError: mean(squaredErrors, indices)
      case .rootMeanSquaredError: mean(squaredErrors, indices).squareRoot()
      case .meanAbsolutePercentageError: mean(relativeErrors, indices)
      default: rows(indices).value(of: metric) ?? .nan
      }
    }
  }

  private func mean(_ values: [Double], _ indices: [Int]) -> Double {
    indices.reduce(0.0) { $0 + values[$1] } / Double(indices.count)
  }

  /// The summary of some samples, which may repeat.
  private func rows(_ indices: [Int]) -> RegressionSummary {
    func picked(_ values: [Double]) -> [Double] {
      indices.flatMap { values[($0 * outputs)..<(($0 + 1) * outputs)] }
    }
    return RegressionSummary(
      predictions: picked(predictions), targets: picked(targets), outputs: outputs)
  }

  private func column(_ output: Int, of values: [Double]) -> [Double] {
    stride(from: output, to: values.count, by: outputs).map { values[$0] }
  }

  /// The mean over outputs of a figure of two lists; nil where it has no meaning for one of them.
  private func overOutputs(_ figure: ([Double], [Double]) -> Double?) -> Double? {
    var values: [Double] = []
    for output in 0..<outputs {
      guard let value = figure(column(output, of: predictions), column(output, of: targets)) else {
        return nil
      }
      values.append(value)
    }
    return values.mean()
  }
}
