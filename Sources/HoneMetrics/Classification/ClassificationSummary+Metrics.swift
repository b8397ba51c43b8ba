import Foundation
public import HoneNumerics

extension ClassificationSummary {
  /// Counts by true class (row) and predicted class (column).
  public var confusion: [[Int]] { confusionMatrix.counts }

  /// Each class's result, in the order of classes.
  public var perClass: [ClassResult] { confusionMatrix.perClass }

  /// The share of samples that were right.
  public var accuracy: Double { scores.mean() }

  /// The share of samples whose true class is among the `count` most probable.
  public func topAccuracy(_ count: Int) -> Double {
    ranks.map { $0 < count ? 1 : 0 }.mean()
  }

  /// The mean of `losses`.
  public var logLoss: Double { losses.mean() }

  /// The mean squared distance of probabilities from the truth; halved for two classes (Brier 1950).
  public var brierScore: Double { squares.mean() }

  /// The area under the ROC curve: of the second class for two classes, else the mean over classes
  /// against their rest; nil where no class has both samples and others.
  public var rocAUC: Double? { value(of: .rocAUC) }

  /// The ranking of samples by the probability of a class; nil where one is not a number.
  public func ranking(of class: Int) -> RankedScores? {
    RankedScores(
      scores: labels.indices.map { probabilities[$0 * classes + `class`] },
      isPositive: labels.map { $0 == `class` })
  }

  /// The value of a metric; nil where it has no meaning here.
  public func value(of metric: MetricName) -> Double? { Counted(self).value(of: metric) }

  /// Every metric that has a value here, by its raw name.
  public var metrics: [String: Double] {
    let counted = Counted(self)
    return Dictionary(
      uniqueKeysWithValues: MetricName.allCases.compactMap { name in
        counted.value(of: name).map { (name.rawValue, $0) }
      })
  }

  /// A metric with its percentile bootstrap interval over samples (Efron 1979).
  /// - Parameters:
  ///   - metric: which one.
  ///   - level: the confidence level.
  ///   - resamples: how often to draw.
  ///   - stream: where randomness comes from.
  /// - Returns: nil where the metric has no meaning here or there are no samples.
  public func interval(
    of metric: MetricName, level: Double = 0.95, resamples: Int = 2000,
    using stream: inout RandomStream
  ) -> BootstrapEstimate? {
    guard samples > 0, value(of: metric) != nil else { return nil }
    let counted = Counted(self)
    return Bootstrap.estimate(
      count: samples, level: level, resamples: resamples, using: &stream
    ) { counted.resampled($0).value(of: metric) ?? .nan }
  }
}

/// A summary whose samples count several times or not at all, as in a bootstrap's resample.
private struct Counted {
  let summary: ClassificationSummary
  private let rankings: [RankedScores]
  private let counts: [Int]?
  private let matrix: ConfusionMatrix

  init(_ summary: ClassificationSummary) {
    self.summary = summary
    counts = nil
    matrix = summary.confusionMatrix
    let considered = summary.classes == 2 ? 1..<2 : 0..<summary.classes
    rankings = considered.compactMap(summary.ranking)
  }

  private init(_ original: Counted, counts: [Int]) {
    summary = original.summary
    rankings = original.rankings
    self.counts = counts
    var matrix = ConfusionMatrix(classes: summary.classes)
    for (sample, count) in counts.enumerated() where count > 0 {
      matrix.count(summary.labels[sample], summary.predictions[sample], times: count)
    }
    self.matrix = matrix
  }

  func resampled(_ indices: [Int]) -> Counted {
    var counts = [Int](repeating: 0, count: summary.samples)
    for index in indices { counts[index] += 1 }
    return Counted(self, counts: counts)
  }

  func value(of metric: MetricName) -> Double? {
    switch metric {
    case .accuracy: matrix.accuracy
    case .topFiveAccuracy: summary.classes > 5 ? mean { summary.ranks[$0] < 5 ? 1 : 0 } : nil
    case .balancedAccuracy: matrix.balancedAccuracy
    case .matthewsCorrelation: matrix.matthewsCorrelation
    case .cohenKappa: matrix.cohenKappa()
    case .logLoss: mean { summary.losses[$0] }
    case .perplexity: exp(mean { summary.losses[$0] })
    case .brierScore: mean { summary.squares[$0] }
    case .calibrationError: calibrationError
    case .rocAUC: meanOverClasses { $0.areaUnderROC(counts: counts) }
    case .averagePrecision: meanOverClasses { $0.averagePrecision(counts: counts) }
    case .prAUC: meanOverClasses { $0.areaUnderPrecisionRecall(counts: counts) }
    case .precision, .recall, .specificity, .f1: positiveClass(metric)
    default: metric.averaged.map { matrix.perClass.averaged($0.average, $0.value) }
    }
  }

  /// A figure of the second of two classes.
  private func positiveClass(_ metric: MetricName) -> Double? {
    guard summary.classes == 2 else { return nil }
    let positive = matrix.perClass[1]
    return switch metric {
    case .precision: positive.precision
    case .recall: positive.recall
    case .specificity: positive.specificity
    default: positive.f1
    }
  }

  private var calibrationError: Double {
    guard let counts else { return summary.calibration.error }
    let repeated = counts.indices.flatMap { [Int](repeating: $0, count: counts[$0]) }
    return Calibration(
      confidences: repeated.map { summary.confidences[$0] },
      scores: repeated.map { summary.scores[$0] }
    ).error
  }

  private func mean(_ value: (Int) -> Double) -> Double {
    guard let counts else { return (0..<summary.samples).map(value).mean() }
    let sum = counts.indices.map { Double(counts[$0]) * value($0) }.sum()
    return sum / Double(counts.reduce(0, +))
  }

  private func meanOverClasses(_ area: (RankedScores) -> Double?) -> Double? {
    let areas = rankings.compactMap(area)
    return areas.isEmpty ? nil : areas.mean()
  }
}
