import Foundation
import HoneRecords

/// The proof that a run came out worse than it had to.
///
/// Unusual numbers inside a model are no fault while the model learns; rules about them ask for one of
/// these first.
enum Shortfall: Equatable {
  /// The loss became infinite or not a number, or rose for good.
  case failed
  /// The training loss stays where a model begins that knows nothing.
  case stuck
  /// The nearest neighbours answer better, by the difference in standard errors.
  case behindNeighbours(Double)

  /// The differences under this many standard errors do not count.
  static let standardErrors = 3.0
  /// Nor do differences of a score under this.
  static let smallestDifference = 0.03

  /// The gravest that the records show; nil where none does.
  init?(_ evidence: RunEvidence) {
    let curves = LearningCurves(evidence)
    let isBroken =
      evidence.epochs.contains { !$0.trainLoss.isFinite }
      || evidence.steps.contains { !$0.loss.isFinite } || evidence.run.status == .diverged
    if isBroken || Divergence(evidence, reference: curves.reference) != nil {
      self = .failed
    } else if curves.referenceIsKnown, curves.train.count >= 2, let explained = curves.explained,
      explained < NotLearningRule.smallestShare
    {
      self = .stuck
    } else if !Self.isUnfinished(evidence.run, curves), let distance = Self.lag(evidence, curves) {
      self = .behindNeighbours(distance)
    } else {
      return nil
    }
  }

  /// How sure the shortfall itself is.
  var confidence: Double {
    switch self {
    case .failed, .stuck: Confidence.ceiling
    case .behindNeighbours(let distance): Confidence.beyond(distance - 2)
    }
  }

  /// Whether the run was ended before its time, or goes on, while its training loss still falls: what it
  /// lacks may yet come.
  private static func isUnfinished(_ run: RunRecord, _ curves: LearningCurves) -> Bool {
    guard run.status == .running || run.status == .interrupted else { return false }
    return TrendLine(curves.tail(curves.train)).map { $0.upper < 0 } ?? true
  }

  /// The standard errors by which the nearest neighbours are better; nil where they are not clearly.
  private static func lag(_ evidence: RunEvidence, _ curves: LearningCurves) -> Double? {
    guard let neighbours = evidence.run.preflight?.neighbours,
      let score = validationScore(evidence, curves)
    else { return nil }
    // No better than the most frequent class, which the neighbours clearly are.
    let constant = isConstant(evidence.run) ? score.value : nil
    if let blind = constant ?? blindAccuracy(evidence.run), score.value <= blind + score.error,
      neighbours.score - blind > max(standardErrors * neighbours.error, smallestDifference)
    {
      return (neighbours.score - blind) / max(neighbours.error, 1e-6)
    }
    let difference = neighbours.score - score.value
    let error = max(hypot(neighbours.error, score.error), 1e-6)
    guard difference > smallestDifference, difference > standardErrors * error else { return nil }
    return difference / error
  }

  /// The share of all answers that one class must get for the answer to be always the same.
  private static let constantShare = 0.98
  /// Samples that have to be judged for that.
  private static let constantSamples = 30

  /// Whether the model answers one class whatever it sees, though there are others.
  private static func isConstant(_ run: RunRecord) -> Bool {
    guard let confusion = run.test?.confusion, confusion.count > 1 else { return false }
    let columns = confusion.indices.map { column in
      confusion.reduce(0) { $0 + ($1.indices.contains(column) ? $1[column] : 0) }
    }
    let total = columns.reduce(0, +)
    return total >= constantSamples && confusion.count(where: { $0.reduce(0, +) > 0 }) > 1
      && Double(columns.max() ?? 0) >= constantShare * Double(total)
  }

  /// The score of knowing nothing, in the neighbours' unit: the share of the most frequent class, or none
  /// of the targets' variance.
  static func blindScore(_ run: RunRecord) -> Double? {
    run.task.kind == .regression ? 0 : blindAccuracy(run)
  }

  /// The late score on the validation split, in the neighbours' unit.
  static func score(_ evidence: RunEvidence) -> (value: Double, error: Double)? {
    validationScore(evidence, LearningCurves(evidence))
  }

  /// The accuracy of always answering the most frequent class of the training split.
  private static func blindAccuracy(_ run: RunRecord) -> Double? {
    let counts = run.task.classCounts
    guard run.task.kind != .regression, run.metric == "accuracy", let most = counts.max(),
      most > 0, most < counts.reduce(0, +)
    else { return nil }
    return Double(most) / Double(counts.reduce(0, +))
  }

  /// The late validation accuracy, or the share of the targets' variance explained.
  private static func validationScore(
    _ evidence: RunEvidence, _ curves: LearningCurves
  ) -> (value: Double, error: Double)? {
    let run = evidence.run
    guard run.task.validationSamples > 0 else { return nil }
    if run.task.kind != .regression {
      guard run.metric == "accuracy", let level = curves.lateLevel(curves.validationMetric) else {
        return nil
      }
      let error = (level * (1 - level) / Double(run.task.validationSamples)).squareRoot()
      return (level, error)
    }
    guard run.preflight?.wiring?.loss == "meanSquaredError",
      let expected = run.preflight?.expectedInitialLoss, expected > 0,
      let level = curves.lateLevel(curves.validation)
    else { return nil }
    return (1 - level / expected, (curves.validation.last?.error ?? 0) / expected)
  }
}
