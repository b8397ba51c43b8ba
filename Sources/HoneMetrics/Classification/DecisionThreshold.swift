import Foundation

/// The probability of the second class from which a sample is taken for it.
public struct DecisionThreshold: Sendable, Equatable {
  /// What a threshold is chosen by.
  public enum Goal: Sendable, Equatable {
    /// The harmonic mean of precision and recall of the second class.
    case f1
    /// The mean of both classes' recall; the same threshold as Youden's index (1950).
    case balancedAccuracy
    /// The share that is right.
    case accuracy
    /// The least cost, in any unit, of taking the first class for the second, and the reverse.
    case cost(falsePositive: Double, falseNegative: Double)
  }

  /// The threshold, halfway between the probabilities that it parts.
  public let probability: Double
  /// What it attains on the samples it was chosen by; the negative cost for a cost.
  public let value: Double

  /// Chooses among all thresholds that decide differently; of equally good ones that nearest to one half.
  /// - Parameters:
  ///   - probabilities: of the second class.
  ///   - isPositive: whether each sample is of the second class.
  /// - Returns: nil where a probability is not a number or one of the classes is missing.
  public init?(_ probabilities: [Float], isPositive: [Bool], goal: Goal) {
    let positives = isPositive.count { $0 }
    let negatives = isPositive.count - positives
    guard positives > 0, negatives > 0,
      let points = RankedScores(scores: probabilities, isPositive: isPositive)?.points
    else { return nil }
    var best: (probability: Double, value: Double)?
    for (place, point) in points.enumerated() {
      let value = goal.value(
        truePositives: Double(point.truePositives), falsePositives: Double(point.falsePositives),
        positives: Double(positives), negatives: Double(negatives))
      let above = place == 0 ? 1 : Double(point.threshold)
      let below = place + 1 < points.count ? Double(points[place + 1].threshold) : 0
      let candidate = ((place == 0 ? 1 : above) + below) / 2
      let isBetter =
        best.map { best in
          value > best.value
            || (value == best.value && abs(candidate - 0.5) < abs(best.probability - 0.5))
        } ?? true
      if isBetter { best = (candidate, value) }
    }
    guard let best else { return nil }
    probability = best.probability
    value = best.value
  }

  /// What moves the threshold to one half when it is added to the second class's logit.
  public var logitOffset: Double {
    let clamped = min(1 - 1e-7, max(1e-7, probability))
    return -log(clamped / (1 - clamped))
  }
}

extension DecisionThreshold.Goal {
  fileprivate func value(
    truePositives: Double, falsePositives: Double, positives: Double, negatives: Double
  ) -> Double {
    switch self {
    case .f1:
      return 2 * truePositives / (positives + truePositives + falsePositives)
    case .balancedAccuracy:
      return (truePositives / positives + 1 - falsePositives / negatives) / 2
    case .accuracy:
      return (truePositives + negatives - falsePositives) / (positives + negatives)
    case .cost(let falsePositive, let falseNegative):
      return -(falsePositives * falsePositive + (positives - truePositives) * falseNegative)
    }
  }
}
