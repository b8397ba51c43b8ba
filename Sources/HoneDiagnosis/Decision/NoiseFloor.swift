import Foundation
import HoneRecords
import HoneText

/// The error that is left to any model: what the user or people say, else what the data let one guess.
struct NoiseFloor {
  /// The guess.
  var value: Double
  /// The least and the most it may be.
  var bounds: ClosedRange<Double>
  /// Whether somebody named it.
  var isGiven: Bool
  var note: Localized

  init(_ evidence: RunEvidence, _ errors: RunErrors, aims: Aims) {
    let text = { (value: Double) in Formatting.significant(value) }
    if errors.metric != "loss", let named = aims.target ?? aims.human {
      let error = errors.isOneLess ? 1 - named : named
      value = error
      bounds = error...error
      isGiven = true
      note =
        aims.target != nil
        ? Localized("the target, \(text(named))", korean: "목표값 \(text(named))")
        : Localized("what people reach, \(text(named))", korean: "사람의 수준 \(text(named))")
      return
    }
    isGiven = false
    // No floor lies above what a model has reached.
    let reached = max(errors.validation?.value ?? errors.train.value, 0)
    guard let guess = Self.neighbours(evidence.run, errors) else {
      value = 0
      bounds = 0...reached
      note = Localized(
        "unknown: no target, no human score, and the data allow no estimate",
        korean: "알 수 없음: 목표값도 사람의 수준도 없고 데이터로 추정할 수도 없음")
      return
    }
    let most = min(guess, reached)
    bounds = 0...most
    // Distances between pixels say little about images: their neighbours only bound the floor.
    value = evidence.run.task.input == .table ? most : 0
    note = Localized(
      "estimated from the nearest neighbours (Cover and Hart 1967), at most \(text(most))",
      korean: "최근접 이웃으로 추정(Cover와 Hart 1967), 최대 \(text(most))")
  }

  /// The least error that the neighbours' error allows, in the metric's unit.
  private static func neighbours(_ run: RunRecord, _ errors: RunErrors) -> Double? {
    guard let found = run.preflight?.neighbours, found.neighbours > 0 else { return nil }
    switch run.metric {
    case "accuracy" where run.task.kind != .regression && run.task.kind != .multilabel:
      let classes = Double(max(run.task.classes.count, run.task.classCounts.count, 2))
      let wrong = min(max(1 - found.score, 0), (classes - 1) / classes)
      // Cover and Hart: e <= b (2 - C b / (C - 1)), solved for the least error b.
      let share = (classes - 1) / classes
      return share * (1 - max(1 - wrong / share, 0).squareRoot())
    case "rootMeanSquaredError":
      guard let variance = run.task.targetVariance, variance > 0, found.score < 1 else {
        return nil
      }
      // The mean of k neighbours adds a k-th of the noise to the noise.
      let noise = (1 - found.score) * variance / (1 + 1 / Double(found.neighbours))
      return noise.squareRoot()
    default: return nil
    }
  }
}
