import Foundation
import HoneNumerics

/// All metrics of a classifier over one complete set of samples, from its probabilities and the
/// true classes.
///
/// ```swift
/// let summary = ClassificationSummary(probabilities: p, labels: y, classes: 10)
/// summary.value(of: .accuracy)
/// ```
///
/// Degenerate cases follow scikit-learn: a ratio without cases is 0, macro means run over the
/// classes that occur, and what has no meaning at all is nil.
public struct ClassificationSummary: Sendable {
  /// How many samples there were.
  public let samples: Int
  /// Counts by true class (row) and predicted class (column).
  public let confusion: [[Int]]
  /// Each class's result, in the order of classes.
  public let perClass: [ClassResult]
  /// The class of the largest probability of each sample; of equal ones the first.
  public let predictions: [Int]
  /// The negative logarithm of the true class's probability, for each sample.
  public let losses: [Double]
  /// 1 for each sample that was right, 0 for each that was wrong: the scores of paired comparisons.
  public let scores: [Double]
  /// Confidence against accuracy in fifteen bins of equal width.
  public let calibration: Calibration
  /// The mean squared distance of probabilities from the truth; halved for two classes (Brier 1950).
  public let brierScore: Double
  /// The area under the ROC curve: of the second class for two classes, else the mean over classes
  /// against their rest; nil where no class has both samples and others.
  public let rocAUC: Double?

  private let ranks: [Int]

  /// Probabilities this close to zero count as this much, as in scikit-learn: one sure mistake must
  /// not make the mean infinite.
  private static let smallestProbability = Double.ulpOfOne

  /// The summary of a classifier's probabilities.
  /// - Parameters:
  ///   - probabilities: `[samples, classes]`, row-major, each row summing to 1.
  ///   - labels: the true class of each sample.
  ///   - classes: how many classes there are.
  /// - Precondition: at least one class, a row for each label, labels in `0..<classes`.
  public init(probabilities: [Float], labels: [Int], classes: Int) {
    ClassificationSummary.check(probabilities.count, labels, classes)
    samples = labels.count
    var confusion = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    var predictions: [Int] = []
    var losses: [Double] = []
    var ranks: [Int] = []
    var confidences: [Double] = []
    var squares: [Double] = []
    for (sample, label) in labels.enumerated() {
      let row = probabilities[(sample * classes)..<((sample + 1) * classes)]
      let answer = Answer(row, label: label)
      predictions.append(answer.predicted)
      confusion[label][answer.predicted] += 1
      ranks.append(answer.rank)
      confidences.append(answer.confidence)
      squares.append(answer.squaredDistance)
      let smallest = ClassificationSummary.smallestProbability
      losses.append(-log(min(max(answer.trueProbability, smallest), 1 - smallest)))
    }
    self.confusion = confusion
    self.predictions = predictions
    self.losses = losses
    self.ranks = ranks
    scores = zip(predictions, labels).map { $0 == $1 ? 1 : 0 }
    calibration = Calibration(confidences: confidences, scores: scores)
    brierScore = squares.mean() / (classes == 2 ? 2 : 1)
    perClass = (0..<classes).map { index in
      ClassResult(
        support: confusion[index].reduce(0, +),
        predicted: confusion.reduce(0) { $0 + $1[index] }, correct: confusion[index][index])
    }
    rocAUC = areaUnderROC(probabilities, labels: labels, classes: classes)
  }

  /// The summary of a classifier's outputs before the softmax.
  /// - Parameters:
  ///   - logits: `[samples, classes]`, row-major.
  ///   - labels: the true class of each sample.
  ///   - classes: how many classes there are.
  /// - Precondition: as for probabilities.
  public init(logits: [Float], labels: [Int], classes: Int) {
    ClassificationSummary.check(logits.count, labels, classes)
    self.init(
      probabilities: softmax(logits, classes: classes), labels: labels, classes: classes)
  }

  /// The share of samples that were right.
  public var accuracy: Double { scores.mean() }

  /// The share of samples whose true class is among the `count` most probable.
  public func topAccuracy(_ count: Int) -> Double {
    ranks.map { $0 < count ? 1 : 0 }.mean()
  }

  /// The mean recall of the classes that have samples.
  public var balancedAccuracy: Double {
    perClass.filter { $0.support > 0 }.map(\.recall).mean()
  }

  /// The mean of `losses`.
  public var logLoss: Double { losses.mean() }

  /// The correlation of predicted and true classes (Gorodkin 2004); 0 where either never varies.
  public var matthewsCorrelation: Double {
    let total = Double(samples)
    let correct = perClass.map { Double($0.correct) }.sum()
    let joint = perClass.map { Double($0.support) * Double($0.predicted) }.sum()
    let truth = total * total - perClass.map { Double($0.support) * Double($0.support) }.sum()
    let guess =
      total * total - perClass.map { Double($0.predicted) * Double($0.predicted) }.sum()
    return truth * guess == 0 ? 0 : (correct * total - joint) / (truth * guess).squareRoot()
  }

  /// The value of a metric; nil where it has no meaning here.
  public func value(of metric: MetricName) -> Double? {
    switch metric {
    case .accuracy: accuracy
    case .topFiveAccuracy: perClass.count > 5 ? topAccuracy(5) : nil
    case .balancedAccuracy: balancedAccuracy
    case .precisionMacro: perClass.macro(\.precision)
    case .recallMacro: perClass.macro(\.recall)
    case .f1Macro: perClass.macro(\.f1)
    case .f1Micro: perClass.f1Micro
    case .f1Weighted: perClass.weighted(\.f1)
    case .matthewsCorrelation: matthewsCorrelation
    case .rocAUC: rocAUC
    case .logLoss: logLoss
    case .brierScore: brierScore
    case .calibrationError: calibration.error
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

  private static func check(_ count: Int, _ labels: [Int], _ classes: Int) {
    guard classes > 0, count == labels.count * classes else {
      fatalError(
        "ClassificationSummary got \(count) outputs for \(labels.count) labels and \(classes) "
          + "classes; it needs one output for each class of each sample.")
    }
    if let label = labels.first(where: { !(0..<classes).contains($0) }) {
      fatalError("ClassificationSummary got the label \(label), which is not in 0..<\(classes).")
    }
  }
}

/// What one sample's probabilities say.
private struct Answer {
  var predicted = 0
  var confidence: Double
  var trueProbability: Double
  /// How many classes come before the true one.
  var rank = 0
  var squaredDistance = 0.0

  init(_ row: ArraySlice<Float>, label: Int) {
    let truth = row[row.startIndex + label]
    trueProbability = Double(truth)
    var largest = -Float.infinity
    for (index, value) in row.enumerated() {
      if value > largest {
        largest = value
        predicted = index
      }
      if value > truth || (value == truth && index < label) { rank += 1 }
      let distance = Double(value) - (index == label ? 1 : 0)
      squaredDistance += distance * distance
    }
    confidence = Double(largest)
    // A diverged model answers no numbers: it has no confidence and is never right by rank.
    if truth.isNaN {
      confidence = .nan
      rank = row.count
    }
  }
}
