import HoneRecords
import Testing

@testable import HoneSearch

@Suite("Pruners")
struct PrunerTests {
  /// The pruners of `Tools/golden/search.py`.
  private static func pruner(_ name: String) -> (any TrialPruner)? {
    switch name {
    case "median": PercentilePruner(50, startupTrials: 3, warmupSteps: 2)
    case "medianInterval": PercentilePruner(50, startupTrials: 2, interval: 3, leastTrials: 4)
    case "percentile25": PercentilePruner(25, startupTrials: 4)
    case "halving": HalvingPruner(firstStep: 1, reduction: 3)
    case "halvingAuto": HalvingPruner()
    case "halvingLate": HalvingPruner(firstStep: 2, reduction: 2, skippedRungs: 1)
    case "halvingBootstrap": HalvingPruner(firstStep: 1, reduction: 2, bootstrap: 3)
    case "hyperband": HyperbandPruner(firstStep: 1, lastStep: 20, reduction: 3)
    case "hyperbandAuto": HyperbandPruner()
    case "wilcoxon": WilcoxonPruner(threshold: 0.1, startupSteps: 2)
    case "patience": PatiencePruner(2, leastChange: 0.05)
    case "patientMedian": PatiencePruner(1, then: PercentilePruner(50, startupTrials: 2))
    case "threshold": ThresholdPruner(lower: 0.1, upper: 1.4, warmupSteps: 1)
    default: nil
    }
  }

  @Test("decide on streams without ties as Optuna does")
  func golden() throws {
    for stream in try SearchGolden.pruners().streams {
      let pruner = try #require(Self.pruner(stream.pruner))
      let objective = ObjectiveRecord(name: "v", direction: stream.direction)
      var trials: [TrialRecord] = []
      for event in stream.events {
        let number = Int(event[0])
        let step = Int(event[1])
        while trials.count <= number { trials.append(TrialRecord(number: trials.count)) }
        trials[number].reports.append(TrialReport(step: step, values: [event[2]]))
        let verdict = pruner.decide(
          PruneView(study: "s", objectives: [objective], trial: trials[number], trials: trials))
        trials[number].rungs = verdict.rungs
        let isStopped = verdict.decision != .proceed
        try #require(
          isStopped == (event[3] == 1),
          "\(stream.pruner) \(stream.direction) trial \(number) step \(step)")
        if isStopped {
          trials[number].state = .pruned
        } else if step == stream.steps - 1 {
          trials[number].state = .completed
          trials[number].values = [event[2]]
        }
      }
    }
  }

  @Test("Hyperband's brackets equal Optuna's")
  func brackets() throws {
    for (name, golden) in try SearchGolden.optuna().hyperband {
      let numbers = name.split(separator: " ").map { Int($0.split(separator: "=")[1]) ?? 0 }
      let pruner = HyperbandPruner(
        firstStep: numbers[2], lastStep: numbers[0], reduction: numbers[1])
      let shares = pruner.shares(lastStep: numbers[0])
      #expect(shares == golden.budgets)
      let brackets = (0..<20).map { pruner.bracket(study: "s", number: $0, shares: shares) }
      #expect(brackets == golden.bracketOfTrial)
    }
  }

  /// How many of 27 trials that all report the same constant are ended.
  private func endedByTies(_ pruner: any TrialPruner, steps: Int = 9) -> Int {
    var trials: [TrialRecord] = []
    for number in 0..<27 {
      trials.append(TrialRecord(number: number))
      for step in 0...steps where trials[number].state == .running {
        trials[number].reports.append(TrialReport(step: step, values: [4.6]))
        let verdict = pruner.decide(
          PruneView(
            study: "s", objectives: [.minimize("v")], trial: trials[number], trials: trials))
        trials[number].rungs = verdict.rungs
        if verdict.decision != .proceed { trials[number].state = .pruned }
      }
      if trials[number].state == .running {
        trials[number].state = .completed
        trials[number].values = [4.6]
      }
    }
    return trials.reduce(0) { $1.state == .pruned ? $0 + 1 : $0 }
  }

  @Test("a loss that is clamped to a constant does not switch pruning off")
  func ties() {
    #expect(endedByTies(.halving) >= 15)
    #expect(endedByTies(.median) >= 15)
    #expect(endedByTies(HyperbandPruner(lastStep: 9)) >= 8)
  }

  @Test("what is not a number ends the trial")
  func notANumber() {
    var trial = TrialRecord(number: 0)
    trial.reports = [TrialReport(step: 1, values: [.nan])]
    let view = PruneView(
      study: "s", objectives: [.minimize("v")], trial: trial, trials: [trial])
    for pruner: any TrialPruner in [HalvingPruner.halving, ThresholdPruner()] {
      guard case .stop = pruner.decide(view).decision else {
        Issue.record("\(pruner.name) went on")
        return
      }
    }
  }

  @Test("several objectives are pruned by domination")
  func severalObjectives() {
    let objectives: [ObjectiveRecord] = [.minimize("a"), .maximize("b")]
    var trials = (0..<6).map { number in
      var trial = TrialRecord(
        number: number, state: .completed, values: [Double(number), -Double(number)])
      trial.reports = [TrialReport(step: 1, values: trial.values)]
      return trial
    }
    var bad = TrialRecord(number: 6)
    bad.reports = [TrialReport(step: 1, values: [9, -9])]
    var good = TrialRecord(number: 7)
    good.reports = [TrialReport(step: 1, values: [-1, 1])]
    trials += [bad, good]
    func decision(_ trial: TrialRecord) -> PruneDecision {
      PercentilePruner(50).decide(
        PruneView(study: "s", objectives: objectives, trial: trial, trials: trials)
      ).decision
    }
    #expect(decision(bad) != .proceed)
    #expect(decision(good) == .proceed)
  }

  @Test("a paused trial goes on once enough others have shown that it is among the best")
  func promotion() {
    let pruner = HalvingPruner(firstStep: 1, reduction: 3, pauses: true)
    var trials: [TrialRecord] = []
    for (number, value) in [0.3, 0.1, 0.2].enumerated() {
      #expect(pruner.promotion(trials, objectives: [.minimize("v")]) == nil)
      var trial = TrialRecord(number: number)
      trial.reports = [TrialReport(step: 1, values: [value])]
      trials.append(trial)
      let verdict = pruner.decide(
        PruneView(study: "s", objectives: [.minimize("v")], trial: trial, trials: trials))
      trials[number].rungs = verdict.rungs
      if verdict.decision == .pause(rung: 0) { trials[number].state = .paused }
    }
    #expect(trials.map(\.state) == [.paused, .paused, .paused])
    #expect(pruner.promotion(trials, objectives: [.minimize("v")]) == 1)
  }
}
