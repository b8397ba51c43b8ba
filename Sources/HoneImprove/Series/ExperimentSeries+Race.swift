import HoneDiagnosis
import HoneNumerics
import HoneRecords

/// A remedy in the race.
struct Racer {
  let rung: RemedyLadder.Rung
  /// The whole change, with what was proven before.
  let change: RecipeChange
  var record: ScreeningRecord
  /// The gain in scores with each seed at the furthest stage.
  var gains: [Double] = []
  /// Whether it goes on from the control's weights at first.
  var isFork = false

  /// The mean gain; minus infinity where it was not trained.
  var gain: Double { gains.isEmpty ? -.infinity : gains.mean() }
  /// Whether it was trained for all its epochs from the beginning.
  var isWhole: Bool { record.share == 1 && !gains.isEmpty }
}

extension ExperimentSeries {
  /// The share of a run below which a stage says too little.
  private static let leastShare = 0.1
  /// Remedies that get more seeds.
  private static let finalists = 3
  /// How many times its price a remedy may take before it is cut.
  private static let patience = 3.0
  /// Seconds that a remedy may take beyond its price in any case: making a run and ending its epochs take
  /// time that no forecast from a few steps holds, and a short run consists of little else.
  private static let grace = 2.0

  /// Races remedies by successive halving: all for a part of a run, the better half for a whole one,
  /// the best with more seeds.
  ///
  /// Those that only change how a model is trained go on from the control's weights at first, where the
  /// control has learned something.
  /// - Returns: the remedies, the best first.
  func race(_ rungs: [RemedyLadder.Rung], round: Int, limit: Double) throws -> [Racer] {
    let spentBefore = outcome.design.raceSeconds
    func left() -> Double { limit - (outcome.design.raceSeconds - spentBefore) }
    var racers = rungs.compactMap { rung -> Racer? in
      guard let change = adding(rung, to: base) else { return nil }
      return Racer(
        rung: rung, change: change,
        record: ScreeningRecord(
          remedy: rung.remedy.id, finding: rung.finding, change: rung.remedy.change, round: round,
          expectedGain: rung.expectedGain, priceSeconds: rung.price * unitSeconds))
    }
    let mayFork = Diagnostician.shortfall(of: baseline) == nil || round > 1
    var running = affordable(racers, limit: limit)
    var share = try ledger.value("share \(round)") { firstShare(running.map { racers[$0] }, limit) }
    for index in running {
      racers[index].isFork = share < 1 && mayFork && Self.isForkable(racers[index].change)
      try stage(&racers[index], seed: 0, share: share, left: left())
    }
    while share < 1, running.count > 0 {
      running = survivors(running, of: racers)
      func affordedShare() -> Double {
        let price = running.map { racers[$0].rung.price }.sum() * unitSeconds
        return min(1, 0.9 * left() / max(price, 1e-9))
      }
      while running.count > 1, affordedShare() < min(1, 2 * share) { running.removeLast() }
      let next = affordedShare()
      guard next >= 1.5 * share || next == 1 else { break }
      share = try ledger.value("share \(round) \(running.count)") {
        next > 0.6 ? next : min(next, 3 * share)
      }
      for index in running {
        racers[index].isFork = false
        try stage(&racers[index], seed: 0, share: share, left: left())
      }
      if running.count == 1 { break }
    }
    let ahead = ranked(racers.indices.filter { racers[$0].gain > -.infinity }, of: racers)
    let furthest = ahead.filter { racers[$0].record.share == racers[ahead[0]].record.share }
    for seed in 1..<ExperimentPlan.mostRaceSeeds {
      for index in furthest.prefix(Self.finalists)
      where left() > 1.2 * racers[index].rung.price * unitSeconds * racers[index].record.share {
        try stage(&racers[index], seed: seed, share: racers[index].record.share, left: left())
      }
    }
    let order = ranked(Array(racers.indices), of: racers)
    return order.map { racers[$0] }
  }

  /// The remedies that the first stage can try in half of the time, those of most worth first.
  private func affordable(_ racers: [Racer], limit: Double) -> [Int] {
    var seconds = 0.0
    return racers.indices.filter { index in
      seconds += racers[index].rung.price * unitSeconds * leastShare
      return index < 2 || seconds <= 0.5 * limit
    }
  }

  /// The same, and at least an epoch.
  private var leastShare: Double { max(Self.leastShare, 1 / Double(max(1, epochs))) }

  /// The share of a run that every remedy is trained for at first, so that all of them take half the
  /// time of the race.
  private func firstShare(_ racers: [Racer], _ limit: Double) -> Double {
    let share = 0.5 * limit / max(racers.map(\.rung.price).sum() * unitSeconds, 1e-9)
    // Where all can be run whole in the time there is nothing to halve.
    if share >= 0.45 { return 1 }
    return max(leastShare, (share * 100).rounded(.down) / 100)
  }

  /// Trains a remedy and the control for a share of a run, and notes the gain.
  private func stage(_ racer: inout Racer, seed: Int, share: Double, left: Double) throws {
    let expected = racer.rung.price * unitSeconds * share
    guard left > 0.8 * expected, racer.record.decision != .failed else { return }
    var start = racer.isFork ? try wholeControl().state : nil
    // What takes far longer than it should would eat the time of all others.
    let limit = min(left, max(Self.patience * expected, expected + Self.grace))
    let before = outcome.design.raceSeconds
    func train() throws -> ArmRun {
      try raceRun(
        racer.change, seed: seed, share: share, start: start, purpose: .race, limit: limit)
    }
    var run = try train()
    if run.result.failure != nil, start != nil {
      // The change moves layers, so that the weights do not fit: it begins anew.
      start = nil
      run = try train()
    }
    racer.isFork = start != nil
    racer.record.seconds += outcome.design.raceSeconds - before
    guard run.result.failure == nil else {
      racer.record.decision = .failed
      return
    }
    let control = try raceRun(
      base, seed: seed, share: share, start: start, purpose: .control, limit: .infinity)
    guard run.result.isWhole, control.result.isWhole else { return }
    if racer.record.share != share { racer.gains = [] }
    racer.gains.append(difference(control.result, run.result))
    racer.record.share = share
    racer.record.seeds = racer.gains.count
    racer.record.gain = racer.gain
    racer.record.decision = .behind
  }

  /// The control's whole run with its weights.
  private func wholeControl() throws -> ArmRun {
    let key = CanonicalJSON.text(base)
    if wholeRuns[key]?.state == nil {
      _ = try raceRun(base, seed: 0, share: 1, purpose: .control, limit: .infinity)
    }
    if let known = wholeRuns[key], known.state != nil { return known }
    // The ledger keeps no weights.
    var task = ArmTask(
      change: base, split: design.race[0], seed: seed(0, isRace: true), seconds: secondsLeft)
    task.wantsEvidence = true
    let run = try subject.train(task)
    outcome.design.controlSeconds += run.result.seconds
    wholeRuns[key] = run
    return run
  }

  /// Those that are worth a longer stage: the better half of each kind.
  private func survivors(_ running: [Int], of racers: [Racer]) -> [Int] {
    var chosen: [Int] = []
    for isFork in [false, true] {
      let kind = running.filter { racers[$0].isFork == isFork && racers[$0].gain > -.infinity }
      chosen += ranked(kind, of: racers).prefix((kind.count + 1) / 2)
    }
    return ranked(chosen, of: racers)
  }

  /// Indices in order: who came further, then who gained more.
  private func ranked(_ indices: [Int], of racers: [Racer]) -> [Int] {
    // Who was trained further was ahead before, and its gain says more.
    func standing(_ racer: Racer) -> Double { racer.gain > 0 ? racer.record.share : 0 }
    return indices.sorted { first, second in
      let (a, b) = (racers[first], racers[second])
      if standing(a) != standing(b) { return standing(a) > standing(b) }
      if a.gain != b.gain { return a.gain > b.gain }
      return first < second
    }
  }

  /// The mean difference of scores; a score that is no number counts as far below all others.
  func difference(_ before: ArmResult, _ after: ArmResult) -> Double {
    let worst = (before.scores + after.scores).filter(\.isFinite).min() ?? -1
    func mean(_ scores: [Double]) -> Double {
      scores.map { $0.isFinite ? $0 : min(10 * worst, worst) }.mean()
    }
    return mean(after.scores) - mean(before.scores)
  }

  /// Whether a change leaves the weights as they are, so that training may go on with it.
  private static func isForkable(_ change: RecipeChange) -> Bool {
    let prefixes = [
      "optimizer.learningRate", "optimizer.weightDecay", "schedule", "training.gradientClip",
      "training.averaging", "data.batchSize", "regularization.", "loss.labelSmoothing", "augment",
      "model.dropout",
    ]
    return change.keys.allSatisfy { key in prefixes.contains { key.hasPrefix($0) } }
  }
}
