import Foundation
import HoneNumerics
import HoneRecords

/// A recipe that is put to the proof.
struct Candidate {
  var change: RecipeChange
  var parts: [RemedyLadder.Rung]
  var arm = Arm()

  /// The ids of the remedies.
  var name: String { parts.map(\.remedy.id).joined(separator: "+") }
}

extension ExperimentSeries {
  /// Remedies that are combined at most.
  private static let mostCombined = 5

  /// Proves the best of a race; where that fails, the next of those that were ahead, as long as the time
  /// lasts.
  /// - Returns: what was proven; nil where nothing was.
  func proveInTurn(_ racers: [Racer]) throws -> Candidate? {
    var remaining = racers
    var chosen: Set<String> = []
    defer { note(racers, chosen: chosen) }
    repeat {
      let (winner, tried) = try prove(remaining)
      chosen.formUnion(tried)
      if let winner { return winner }
      remaining.removeAll { tried.contains($0.rung.remedy.id) }
      guard !tried.isEmpty, options.rounds > 1 else { return nil }
    } while mayProve(1) && remaining.contains { $0.gain > 0 }
    return nil
  }

  /// Proves the best: alone, and together with others that went well with it.
  private func prove(
    _ racers: [Racer]
  ) throws -> (winner: Candidate?, tried: Set<String>) {
    // A short race that sees no difference says little: what the diagnosis calls for is still worth
    // a proof. Who was worse is not.
    let undecided = racers.filter { $0.gain == 0 && $0.rung.finding != nil }
    let promising = racers.filter { $0.gain > 0 } + undecided.prefix(2)
    var candidates = promising.prefix(1).map { Candidate(change: $0.change, parts: [$0.rung]) }
    if let stacked = try stack(promising) {
      candidates.insert(stacked, at: 0)
    } else {
      candidates += promising.dropFirst().prefix(1).map {
        Candidate(change: $0.change, parts: [$0.rung])
      }
    }
    var arms: [Candidate] = []
    var tried: Set<String> = []
    for (number, candidate) in candidates.enumerated() {
      let price = candidate.parts.map(\.price).reduce(1, *)
      guard number == 0 || mayProve(price) else { continue }
      tried.formUnion(candidate.parts.map(\.remedy.id))
      try observe(
        .experimentBegan(candidate.parts[0].remedy, number: number + 1, of: candidates.count))
      var proven = candidate
      guard let arm = try proofArm(candidate.change, name: candidate.name, purpose: .proof) else {
        continue
      }
      proven.arm = arm
      if arm.seeds >= 2 { arms.append(proven) }
    }
    return (try decide(arms), tried)
  }

  /// Adds to the best remedy those others that gain on top of it, judged by the samples that choose.
  private func stack(_ racers: [Racer]) throws -> Candidate? {
    guard let best = racers.first, best.isWhole else { return nil }
    var candidate = Candidate(change: best.change, parts: [best.rung])
    var reached = best.gain
    for racer in racers.dropFirst().prefix(Self.mostCombined) {
      let price = (candidate.parts + [racer.rung]).map(\.price).reduce(1, *)
      let seconds = price * unitSeconds * Double(best.gains.count)
      guard plan.raceSeconds - outcome.design.raceSeconds > seconds, mayProve(price + 1),
        let change = adding(racer.rung, to: candidate.change)
      else { continue }
      let gains = try best.gains.indices.compactMap { seed -> Double? in
        let run = try raceRun(
          change, seed: seed, share: 1, purpose: .race, limit: 2 * price * unitSeconds)
        let control = try raceRun(base, seed: seed, share: 1, purpose: .control, limit: .infinity)
        guard run.result.isWhole, control.result.isWhole else { return nil }
        return difference(control.result, run.result)
      }
      guard gains.count == best.gains.count, gains.mean() > reached else { continue }
      candidate.change = change
      candidate.parts.append(racer.rung)
      reached = gains.mean()
    }
    return candidate.parts.count > 1 ? candidate : nil
  }

  /// Decides on all candidates at once, and books them.
  private func decide(_ arms: [Candidate]) throws -> Candidate? {
    guard !arms.isEmpty else { return nil }
    decisions += 1
    // Each decision may err half as often as the last, so that all together keep to the bound.
    let share = options.rounds == 1 ? 1 : pow(0.5, Double(decisions))
    let pValues = arms.map { compare(control, $0.arm, level: 0.95).oneSidedPValue }
    let holm = StepDown(pValues: pValues, falseAcceptance: options.falseAcceptance * share)
    let comparisons = arms.enumerated().map {
      compare(control, $1.arm, level: holm.levels[$0])
    }
    let kept = holm.kept(isAbove: comparisons.map { $0.decision == .kept })
    for (index, candidate) in arms.enumerated() {
      let comparison = comparisons[index]
      var record = record(candidate.name, comparison, seconds: candidate.arm.seconds)
      record.finding = candidate.parts[0].finding
      record.change = candidate.change.filter { base[$0.key] != $0.value }
      record.decision =
        kept[index] ? .kept : comparison.decision == .rejected ? .rejected : .inconclusive
      outcome.records.append(record)
      try observe(.experimentEnded(record))
    }
    // What is proven but cannot be trained whole in what is left of the budget is of no use today.
    let best = arms.indices.filter { kept[$0] && finalSeconds(of: arms[$0].arm) < clock.left }.max {
      comparisons[$0].delta < comparisons[$1].delta
    }
    return best.map { arms[$0] }
  }

  /// A comparison as the ledger has it.
  func record(_ name: String, _ comparison: Comparison, seconds: Double) -> ExperimentRecord {
    ExperimentRecord(
      remedy: name, change: [:], baselineMetric: comparison.baselineMetric,
      metric: comparison.metric, delta: comparison.delta, interval: comparison.interval,
      level: comparison.gain.level, seeds: comparison.seeds, decision: comparison.decision,
      seconds: seconds)
  }

  private func note(_ racers: [Racer], chosen: Set<String>) {
    for racer in racers {
      var record = racer.record
      if chosen.contains(record.remedy) {
        record.decision = .chosen
      } else if record.decision == .behind, racer.gain <= 0 {
        record.decision = .noGain
      }
      outcome.screened.append(record)
    }
  }
}
