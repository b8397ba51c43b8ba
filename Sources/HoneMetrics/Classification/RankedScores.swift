import HoneNumerics

/// Scores of a yes-or-no question in descending order, from which every threshold's decisions
/// follow.
///
/// ```swift
/// let ranked = RankedScores(scores: probabilities, isPositive: labels)
/// ranked?.areaUnderROC
/// ```
public struct RankedScores: Sendable {
  /// What a threshold decides: every score at or above it counts as positive.
  public struct Point: Sendable, Equatable {
    /// The lowest score that is taken for positive; infinite where none is.
    public let threshold: Float
    /// Positive samples taken for positive.
    public let truePositives: Int
    /// Negative samples taken for positive.
    public let falsePositives: Int
  }

  /// Sample numbers, the largest score first.
  private let order: [Int]
  private let scores: [Float]
  private let isPositive: [Bool]

  /// The ranking of scores.
  /// - Returns: nil where a score is not a number.
  /// - Precondition: as many labels as scores.
  public init?(scores: [Float], isPositive: [Bool]) {
    guard scores.count == isPositive.count else {
      fatalError("RankedScores got \(scores.count) scores and \(isPositive.count) labels.")
    }
    guard !scores.contains(where: \.isNaN) else { return nil }
    self.scores = scores
    self.isPositive = isPositive
    order = scores.indices.sorted { scores[$0] > scores[$1] }
  }

  /// One point for each distinct score, after one at which nothing is positive.
  public var points: [Point] { points(counts: nil) }

  /// The area under the ROC curve: the probability that a positive sample scores above a negative
  /// one, ties counting half (Hanley and McNeil 1982); nil where either kind is missing.
  public var areaUnderROC: Double? { areaUnderROC(counts: nil) }

  /// The mean of precision over the positives as recall grows, without interpolation: Σ (Rₙ − Rₙ₋₁)
  /// Pₙ over thresholds; nil without positives.
  public var averagePrecision: Double? { averagePrecision(counts: nil) }

  /// The area under the precision-recall curve by trapezoids, which flatters where points are few
  /// (Davis and Goadrich 2006): prefer `averagePrecision`; nil without positives.
  public var areaUnderPrecisionRecall: Double? { areaUnderPrecisionRecall(counts: nil) }

  /// - Parameter counts: how often each sample counts; once where nil.
  func points(counts: [Int]?) -> [Point] {
    var points = [Point(threshold: .infinity, truePositives: 0, falsePositives: 0)]
    var (positives, negatives) = (0, 0)
    for (place, sample) in order.enumerated() {
      let count = counts?[sample] ?? 1
      if isPositive[sample] { positives += count } else { negatives += count }
      let isLastOfTie =
        place + 1 == order.count || scores[order[place + 1]] != scores[sample]
      guard isLastOfTie else { continue }
      points.append(
        Point(
          threshold: scores[sample], truePositives: positives, falsePositives: negatives))
    }
    return points
  }

  func areaUnderROC(counts: [Int]?) -> Double? {
    let points = points(counts: counts)
    guard let last = points.last, last.truePositives > 0, last.falsePositives > 0 else {
      return nil
    }
    var doubled = 0
    for (before, after) in zip(points, points.dropFirst()) {
      doubled +=
        (after.falsePositives - before.falsePositives)
        * (after.truePositives + before.truePositives)
    }
    return Double(doubled) / (2 * Double(last.truePositives) * Double(last.falsePositives))
  }

  func averagePrecision(counts: [Int]?) -> Double? {
    precisionArea(counts) { $0.after }
  }

  func areaUnderPrecisionRecall(counts: [Int]?) -> Double? {
    precisionArea(counts) { ($0.before + $0.after) / 2 }
  }

  /// The sum over recall's steps of a height made of the precisions on both sides.
  private func precisionArea(
    _ counts: [Int]?, height: ((before: Double, after: Double)) -> Double
  ) -> Double? {
    let points = points(counts: counts)
    guard let all = points.last?.truePositives, all > 0 else { return nil }
    var parts: [Double] = []
    for (before, after) in zip(points, points.dropFirst()) {
      let found = Double(after.truePositives - before.truePositives) / Double(all)
      if found > 0 { parts.append(found * height((before.precision, after.precision))) }
    }
    return parts.sum()
  }
}

extension RankedScores.Point {
  /// Of the samples taken for positive, the share that are; 1 where none is taken.
  public var precision: Double {
    let taken = truePositives + falsePositives
    return taken == 0 ? 1 : Double(truePositives) / Double(taken)
  }
}

/// The area under the ROC curve; see ``RankedScores/areaUnderROC``.
/// - Returns: nil where there are no positive or no negative samples or a score is not a number.
public func areaUnderROC(scores: [Float], isPositive: [Bool]) -> Double? {
  RankedScores(scores: scores, isPositive: isPositive)?.areaUnderROC
}
