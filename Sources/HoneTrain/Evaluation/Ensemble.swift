import Foundation
import HoneMetrics

/// Several models whose answers are averaged, each with its share: probabilities of classifiers,
/// predictions of regressions.
///
/// ```swift
/// let ensemble = Ensemble(fitting: models.map { validation(of: $0) }, isWeighted: true)
/// let result = ensemble.combined(models.map { test(of: $0) })
/// print(result.value(of: .accuracy), result.classification!.calibration.error)
/// ```
public struct Ensemble: Sendable, Equatable {
  /// The share of each model; they sum to 1.
  public var weights: [Double]
  /// What the logarithms of the mean probabilities are divided by, so that they hold; nil leaves them.
  public var temperature: Double?

  /// An ensemble of given shares.
  /// - Precondition: shares are not negative, and one is positive.
  public init(weights: [Double], temperature: Double? = nil) {
    let sum = weights.reduce(0, +)
    guard sum > 0, sum.isFinite, weights.allSatisfy({ $0 >= 0 }) else {
      fatalError(
        "Ensemble got the weights \(weights); none may be negative and one must be positive.")
    }
    self.weights = weights.map { $0 / sum }
    self.temperature = temperature
  }

  /// An ensemble of equal shares.
  /// - Precondition: there is a model.
  public init(of count: Int) { self.init(weights: [Double](repeating: 1, count: count)) }

  /// The ensemble that answers samples best on which none of the models was trained.
  ///
  /// Weights and temperature are chosen on the same samples: a few numbers, of which they bear plenty,
  /// but what the ensemble attains on these samples is no estimate of what it attains on others.
  /// - Parameters:
  ///   - members: each model's result on these samples.
  ///   - isWeighted: whether shares are chosen by `EnsembleSelection`; equal otherwise.
  ///   - isCalibrated: whether probabilities are brought to hold by `TemperatureScaling`.
  /// - Precondition: as for `combined`.
  public init(
    fitting members: [EvaluationResult], isWeighted: Bool = false, isCalibrated: Bool = true
  ) {
    self.init(of: members.count)
    guard let first = members.first, first.count > 0 else { return }
    if isWeighted { weights = Self.weights(members, first) }
    guard isCalibrated, !first.labels.isEmpty else { return }
    let plain = combined(members)
    temperature =
      TemperatureScaling(fitting: plain.outputs, labels: plain.labels, classes: plain.width)?
      .temperature
  }

  private static func weights(_ members: [EvaluationResult], _ first: EvaluationResult) -> [Double]
  {
    if first.labels.isEmpty {
      let targets = first.targets
      return EnsembleSelection(predictions: members.map(\.outputs), targets: targets).weights
    }
    return EnsembleSelection(
      probabilities: members.map { softmax($0.outputs, classes: $0.width) }, labels: first.labels,
      classes: first.width
    ).weights
  }

  /// The result of all models together.
  ///
  /// Outputs of a classifier are the logarithms of probabilities, losses their log losses; losses of a
  /// regression are squared errors in the unit of the data.
  /// - Parameter members: each model's result on the same samples.
  /// - Precondition: as many results as weights, of the same samples and width.
  public func combined(_ members: [EvaluationResult]) -> EvaluationResult {
    guard members.count == weights.count, var result = members.first,
      members.allSatisfy({
        $0.indices == result.indices && $0.width == result.width && $0.labels == result.labels
      })
    else {
      fatalError(
        "Ensemble of \(weights.count) models got \(members.count) results of "
          + "\(members.map(\.count)) samples; it needs one of each model, of the same samples.")
    }
    let isClassifier = result.targets.isEmpty && result.width > 1
    let answers = members.map {
      isClassifier ? softmax($0.outputs, classes: $0.width) : $0.outputs
    }
    var sums = [Double](repeating: 0, count: result.outputs.count)
    for (answer, weight) in zip(answers, weights) where weight > 0 {
      for (place, value) in answer.enumerated() { sums[place] += weight * Double(value) }
    }
    guard isClassifier else {
      result.outputs = sums.map { Float($0) }
      if !result.targets.isEmpty { result.losses = result.scores.map { -$0 } }
      return result
    }
    let scale = 1 / (temperature ?? 1)
    result.outputs = sums.map { Float(log(max($0, Double.leastNormalMagnitude)) * scale) }
    if !result.labels.isEmpty { result.losses = result.classification?.losses ?? [] }
    return result
  }
}
