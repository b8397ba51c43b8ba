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
/// classes that occur, and what has no meaning at all is nil. Outputs that are not numbers, as a
/// diverged model gives, make figures that are not numbers; a ``ClassificationAccumulator`` refuses
/// them instead.
public struct ClassificationSummary: Sendable {
  /// How many samples there were.
  public let samples: Int
  /// How many classes there are.
  public let classes: Int
  /// Counts by true and by predicted class.
  public let confusionMatrix: ConfusionMatrix
  /// The class of the largest probability of each sample; of equal ones the first.
  public let predictions: [Int]
  /// The negative logarithm of the true class's probability, for each sample.
  public let losses: [Double]
  /// 1 for each sample that was right, 0 for each that was wrong: the scores of paired comparisons.
  public let scores: [Double]
  /// Confidence against accuracy in fifteen bins of equal width.
  public let calibration: Calibration

  let labels: [Int]
  let probabilities: [Float]
  let confidences: [Double]
  /// The squared distance of each sample's probabilities from the truth; halved for two classes.
  let squares: [Double]
  /// How many classes come before the true one, for each sample.
  let ranks: [Int]

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
    var matrix = ConfusionMatrix(classes: classes)
    var predictions: [Int] = []
    var losses: [Double] = []
    var ranks: [Int] = []
    var confidences: [Double] = []
    var squares: [Double] = []
    let smallest = ClassificationSummary.smallestProbability
    for (sample, label) in labels.enumerated() {
      let answer = Answer(
        probabilities[(sample * classes)..<((sample + 1) * classes)], label: label)
      matrix.count(label, answer.predicted)
      predictions.append(answer.predicted)
      ranks.append(answer.rank)
      confidences.append(answer.confidence)
      squares.append(answer.squaredDistance / (classes == 2 ? 2 : 1))
      losses.append(-log(min(max(answer.trueProbability, smallest), 1 - smallest)))
    }
    samples = labels.count
    self.classes = classes
    self.labels = labels
    self.probabilities = probabilities
    confusionMatrix = matrix
    self.predictions = predictions
    self.losses = losses
    self.ranks = ranks
    self.squares = squares
    self.confidences = confidences
    scores = zip(predictions, labels).map { $0 == $1 ? 1 : 0 }
    calibration = Calibration(confidences: confidences, scores: scores)
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
