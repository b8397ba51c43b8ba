import HoneNumerics
import HoneRecords
import HoneSearch

extension ExperimentSeries {
  /// What the remedies are held against: the unchanged recipe with other seeds, which shows what chance
  /// alone does, and the best that random search finds in the time that the race took.
  func makeControls() throws {
    guard original.seeds >= 2 else { return }
    if let again = try proofArm([:], name: "same-again", purpose: .control, shift: 1_000) {
      try note("same-again", [:], compare(original, again, level: 0.95), seconds: again.seconds)
    }
    let found = try searchAtRandom(seconds: outcome.design.raceSeconds)
    guard let best = found.best else {
      // What random search proposes is then the recipe as it was.
      let same = compare(original, original, level: 0.95)
      return try note("random-search", [:], same, seconds: found.seconds, trials: found.trials)
    }
    guard let arm = try proofArm(best, name: "random-search", purpose: .control) else { return }
    try note(
      "random-search", best, compare(original, arm, level: 0.95),
      seconds: found.seconds + arm.seconds, trials: found.trials)
    if !kept.isEmpty {
      try note("over-random-search", base, compare(arm, control, level: 0.95), seconds: 0)
    }
  }

  private func note(
    _ name: String, _ change: RecipeChange, _ comparison: Comparison, seconds: Double,
    trials: Int? = nil
  ) throws {
    var record = record(name, comparison, seconds: seconds)
    record.change = change
    record.trials = trials
    // A control is never kept.
    if record.decision == .kept { record.decision = .inconclusive }
    outcome.controls.append(record)
    try observe(.controlEnded(record))
  }

  /// Random search over the usual ranges, one whole run after another on the samples that choose.
  /// - Returns: the best change, nil where none was better than the recipe as it is.
  private func searchAtRandom(
    seconds limit: Double
  ) throws -> (best: RecipeChange?, trials: Int, seconds: Double) {
    let arm = RandomArm(subject, base: baseline.run)
    let before = outcome.design.controlSeconds
    func spent() -> Double { outcome.design.controlSeconds - before }
    let control = try raceRun([:], seed: 0, share: 1, purpose: .control, limit: .infinity)
    let searchBegan = spent()
    var best: (change: RecipeChange, gain: Double)?
    var trials = 0
    while trials < RandomArm.mostTrials {
      let left = limit - (spent() - searchBegan)
      guard trials == 0 || left > 0.5 * unitSeconds, secondsLeft > proofSeconds,
        let change = arm.change(trials, seed: options.seed)
      else { break }
      let result = try raceRun(
        change, seed: 0, share: 1, purpose: .control, limit: max(left, 2 * unitSeconds)
      ).result
      trials += 1
      guard result.isWhole, control.result.isWhole else { continue }
      let gain = difference(control.result, result)
      if gain > best?.gain ?? 0 { best = (change, gain) }
    }
    return (best?.change, trials, spent() - searchBegan)
  }
}
