import HoneNumerics

/// All metrics of a model that predicts numbers.
public struct RegressionSummary: Sendable {
  /// How many samples there were.
  public let samples: Int
  /// The mean over outputs of the squared error, for each sample.
  public let squaredErrors: [Double]
  /// The mean over outputs of the absolute error, for each sample.
  public let absoluteErrors: [Double]
  /// The share of the targets' variance that the predictions explain, averaged over outputs; not a
  /// number for fewer than two samples.
  ///
  /// A constant target that is met gives 1, one that is missed 0.
  public let r2: Double

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
    let errors = zip(predictions, targets).map { Double($0) - Double($1) }
    samples = targets.count / outputs
    let rows = stride(from: 0, to: targets.count, by: outputs).map { $0..<($0 + outputs) }
    squaredErrors = rows.map { row in errors[row].map { $0 * $0 }.mean() }
    absoluteErrors = rows.map { row in errors[row].map(abs).mean() }
    guard samples > 1 else {
      r2 = .nan
      return
    }
    r2 = (0..<outputs).map { output -> Double in
      let places = stride(from: output, to: targets.count, by: outputs)
      let values = places.map { Double(targets[$0]) }
      let mean = values.mean()
      let total = values.map { ($0 - mean) * ($0 - mean) }.sum()
      let residual = places.map { errors[$0] * errors[$0] }.sum()
      if total == 0 { return residual == 0 ? 1 : 0 }
      return 1 - residual / total
    }.mean()
  }

  /// The mean distance of predictions from targets.
  public var meanAbsoluteError: Double { absoluteErrors.mean() }

  /// The mean squared distance of predictions from targets.
  public var meanSquaredError: Double { squaredErrors.mean() }

  /// The square root of the mean squared error over all outputs.
  public var rootMeanSquaredError: Double { meanSquaredError.squareRoot() }

  /// The value of a metric; nil where it has no meaning here.
  public func value(of metric: MetricName) -> Double? {
    switch metric {
    case .meanAbsoluteError: meanAbsoluteError
    case .meanSquaredError: meanSquaredError
    case .rootMeanSquaredError: rootMeanSquaredError
    case .r2: r2
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
}
