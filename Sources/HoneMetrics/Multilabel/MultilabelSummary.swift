import Foundation
import HoneNumerics

/// All metrics of a model that gives each sample any number of labels.
public struct MultilabelSummary: Sendable {
  /// How many samples there were.
  public let samples: Int
  /// Each label's result, in the order of labels.
  public let perClass: [ClassResult]
  /// 1 for each sample whose labels were all right, 0 for the others.
  public let scores: [Double]
  /// The mean binary cross-entropy over labels, for each sample.
  public let losses: [Double]
  /// The share of single decisions that were wrong.
  public let hammingLoss: Double
  /// Each label's ranking of the samples.
  private let rankings: [RankedScores]

  /// The summary of a model's probabilities.
  /// - Parameters:
  ///   - probabilities: `[samples, classes]`, row-major, each 0...1 on its own.
  ///   - labels: in the same form, whether the sample has the label.
  ///   - classes: how many labels there are.
  ///   - threshold: the probability above which a label is given.
  /// - Precondition: at least one class, as many labels as probabilities, whole rows.
  public init(
    probabilities: [Float], labels: [Bool], classes: Int, threshold: Float = 0.5
  ) {
    guard classes > 0, probabilities.count == labels.count, labels.count.isMultiple(of: classes)
    else {
      fatalError(
        "MultilabelSummary got \(probabilities.count) probabilities and \(labels.count) labels "
          + "for \(classes) classes; it needs whole rows of each.")
    }
    samples = labels.count / classes
    var support = [Int](repeating: 0, count: classes)
    var predicted = support
    var correct = support
    var scores: [Double] = []
    var losses: [Double] = []
    var wrong = 0
    for start in stride(from: 0, to: labels.count, by: classes) {
      var wrongHere = 0
      var loss = 0.0
      for index in 0..<classes {
        let probability = probabilities[start + index]
        let truth = labels[start + index]
        let answer = probability > threshold
        if truth { support[index] += 1 }
        if answer { predicted[index] += 1 }
        if truth, answer { correct[index] += 1 }
        if truth != answer { wrongHere += 1 }
        let agreement = truth ? Double(probability) : 1 - Double(probability)
        loss -= log(min(max(agreement, .ulpOfOne), 1))
      }
      scores.append(wrongHere == 0 ? 1 : 0)
      losses.append(loss / Double(classes))
      wrong += wrongHere
    }
    self.scores = scores
    self.losses = losses
    hammingLoss = Double(wrong) / Double(labels.count)
    perClass = (0..<classes).map { [samples] in
      ClassResult(
        support: support[$0], predicted: predicted[$0], correct: correct[$0], samples: samples)
    }
    rankings = (0..<classes).compactMap { index in
      let places = stride(from: index, to: labels.count, by: classes)
      return RankedScores(
        scores: places.map { probabilities[$0] }, isPositive: places.map { labels[$0] })
    }
  }

  /// The summary of outputs that may be bad.
  /// - Throws: `MetricError` that names what is wrong and where.
  public init(
    checking probabilities: [Float], labels: [Bool], classes: Int, threshold: Float = 0.5
  ) throws(MetricError) {
    try MetricError.checkCount(probabilities.count, "probabilities", labels.count)
    try MetricError.checkProbabilities(probabilities, "probabilities")
    self.init(
      probabilities: probabilities, labels: labels, classes: classes, threshold: threshold)
  }

  /// The share of samples whose labels were all right.
  public var subsetAccuracy: Double { scores.mean() }

  /// The mean of `losses`.
  public var logLoss: Double { losses.mean() }

  /// The mean area under the ROC curve over labels that some samples have and some lack.
  public var rocAUC: Double? { meanOverLabels(\.areaUnderROC) }

  /// The weighted harmonic mean of precision and recall over labels.
  public func fBeta(_ beta: Double, _ average: ClassAverage) -> Double {
    perClass.averaged(average, onlyPresent: false) { $0.fBeta(beta) }
  }

  /// The value of a metric; nil where it has no meaning here.
  ///
  /// Unlike for exclusive classes, macro means run over all labels, as in scikit-learn.
  public func value(of metric: MetricName) -> Double? {
    switch metric {
    case .subsetAccuracy: subsetAccuracy
    case .hammingLoss: hammingLoss
    case .logLoss: logLoss
    case .rocAUC: rocAUC
    case .averagePrecision: meanOverLabels(\.averagePrecision)
    case .prAUC: meanOverLabels(\.areaUnderPrecisionRecall)
    default:
      metric.averaged.map { perClass.averaged($0.average, onlyPresent: false, $0.value) }
    }
  }

  /// Every metric that has a value here, by its raw name.
  public var metrics: [String: Double] {
    Dictionary(
      uniqueKeysWithValues: MetricName.allCases.compactMap { name in
        value(of: name).map { (name.rawValue, $0) }
      })
  }

  private func meanOverLabels(_ area: (RankedScores) -> Double?) -> Double? {
    let areas = rankings.compactMap(area)
    return areas.isEmpty ? nil : areas.mean()
  }
}
