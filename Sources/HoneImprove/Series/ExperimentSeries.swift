import Foundation
import HoneData
import HoneDiagnosis
import HoneMetrics
import HoneNumerics
public import HoneRecords

/// Remedies as experiments: races those that a diagnosis calls for, proves the best against the
/// unchanged recipe, goes on from what is proven, and holds all of it against the same recipe with other
/// seeds and against random search with as much time.
public final class ExperimentSeries {
  let subject: any ExperimentSubject
  let options: ImprovementOptions
  let baseline: RunEvidence
  let ledger: ExperimentLedger
  let clock: BudgetClock
  let observe: (ImprovementEvent) throws -> Void
  let design: ProofDesign
  let plan: ExperimentPlan
  /// Paired seeds of a proof: those of the plan, and more as soon as it is known what one costs.
  private(set) var seeds: Int
  /// Epochs of a whole run of the recipe.
  let epochs: Int
  /// Seconds of one model of the race for all its epochs.
  var unitSeconds: Double
  /// Seconds kept free for the final model: more as soon as a slower recipe is proven.
  var finalSeconds: Double
  var stream: RandomStream

  /// The changes that are proven.
  var base: RecipeChange = [:]
  /// What they came from, in order.
  var kept: [RemedyLadder.Rung] = []
  /// The unchanged recipe's proof.
  var original = Arm()
  /// The proven recipe's proof.
  var control = Arm()
  /// Whole runs of the race, for what follows from them.
  var wholeRuns: [String: ArmRun] = [:]
  /// Models whose time is booked.
  var booked: Set<String> = []
  /// How often something was decided on.
  var decisions = 0
  var outcome: SeriesOutcome

  /// A series.
  /// - Parameters:
  ///   - subject: what experiments are made on.
  ///   - baseline: the unchanged recipe's run.
  ///   - diagnosis: what was found in it.
  ///   - options: budget, seeds, certainty.
  ///   - ledger: keeps what is finished.
  ///   - started: when the improvement began; its budget counts from there.
  ///   - finalSeconds: kept free for what follows the series.
  ///   - observe: told of every event.
  /// - Throws: `ImprovementError.tooFewSamples`; `DataError`.
  public init(
    _ subject: any ExperimentSubject, baseline: RunEvidence, diagnosis: DiagnosisRecord,
    options: ImprovementOptions, ledger: ExperimentLedger = ExperimentLedger(),
    started: ContinuousClock.Instant = .now, finalSeconds: Double = 0,
    observe: @escaping (ImprovementEvent) throws -> Void = { _ in }
  ) throws {
    let needed = 10 * max(2, min(subject.data.classes.count, 50))
    guard subject.pool.count >= min(needed, 40) else {
      throw ImprovementError.tooFewSamples(subject.pool.count, needed: min(needed, 40))
    }
    self.subject = subject
    self.baseline = baseline
    self.options = options
    self.ledger = ledger
    self.observe = observe
    self.finalSeconds = finalSeconds
    clock = BudgetClock(
      started: started, budget: options.budgetSeconds, before: ledger.secondsBefore)
    let left = clock.left - finalSeconds
    let length = try Self.length(of: baseline, subject)
    epochs = length.epochs
    let overhead = 1.2
    let perSample = overhead * length.seconds / Double(max(1, baseline.run.task.trainSamples))
    plan = try ledger.value("plan") {
      ExperimentPlan(
        secondsLeft: left, seedsWanted: options.seeds, pool: subject.pool.count,
        secondsPerSample: perSample, mayCrossFit: subject.splitMethod != .chronological,
        raceLimit: options.raceSeconds)
    }
    let seed = options.seed
    seeds = plan.seeds
    design = try ProofDesign(
      subject, seeds: max(plan.seeds, options.seeds), raceSeeds: ExperimentPlan.mostRaceSeeds,
      isCrossFitted: plan.isCrossFitted, trainLimit: plan.trainLimit, seed: seed)
    stream = RandomStream(seed: seed, "experiments")
    let trained = design.race[0].train.count
    unitSeconds = perSample * Double(trained)
    let proofs = design.proofs[0]
    outcome = SeriesOutcome(
      diagnosis: diagnosis,
      design: ExperimentDesign(
        seeds: plan.seeds, folds: proofs.count, trainingSamples: proofs[0].train.count,
        selectionSamples: design.race[0].test.count,
        proofSamples: proofs.map(\.test.count).reduce(0, +), seedsWanted: options.seeds))
  }

  /// Makes the experiments that the budget holds.
  /// - Throws: `ImprovementError.interrupted`; what `observe` or the ledger's disk throws.
  public func run() throws -> SeriesOutcome {
    do {
      try observe(.planned(outcome.design))
      if let limit = plan.trainLimit {
        try observe(.reduced(samples: limit, of: subject.pool.count))
      }
      try makeRounds()
      try makeControls()
      try makeAblation()
    } catch ImprovementError.interrupted {
      throw ImprovementError.interrupted(experiments: outcome.records.count)
    }
    outcome.change = base
    outcome.kept = kept.map(\.remedy)
    if original.seeds > 1 {
      let comparison = compare(original, control, level: 0.95)
      outcome.metric = comparison.metric
      outcome.baselineMetric = comparison.baselineMetric
      outcome.gain = .init(delta: comparison.delta, interval: comparison.interval)
    }
    return outcome
  }

  /// The share of the loss of knowing nothing below which a run has learned little.
  private static let littleLearned = 0.25

  /// Rounds of race and proof, each on top of what the last one proved.
  private func makeRounds() throws {
    var diagnosis = outcome.diagnosis
    var run = baseline.run
    var tried: Set<String> = []
    let explained = Diagnostician.explained(of: baseline) ?? 1
    for round in 1...options.rounds {
      let limit = raceLimit(round: round)
      let ladder = RemedyLadder(
        diagnosis, run: run, tried: tried, backbone: options.backbone,
        room: limit / max(unitSeconds, 1e-9),
        hasLearnedLittle: round == 1 && explained < Self.littleLearned
      ) { change in
        configuration(adding: change) != nil
      }
      if round == 1 {
        outcome.actions = ladder.actions
        try observe(.diagnosed(diagnosis, remedies: ladder.rungs.map(\.remedy)))
      }
      let rungs = try ledger.value("rungs \(round)") { ladder.rungs }
      guard !rungs.isEmpty, round == 1 || limit > 0 && mayProve(1) else { return }
      if round == 1 {
        guard limit > 0, mayProve(2) else {
          return try observe(.budgetSpent(remaining: rungs.count))
        }
        original = try proofArm([:], name: "control", purpose: .control) ?? Arm()
        control = original
        guard original.seeds >= 2 else {
          return try observe(.budgetSpent(remaining: rungs.count))
        }
        let models = Double(original.seeds * design.proofs[0].count)
        unitSeconds = max(unitSeconds, original.seconds / models)
      }
      guard !goalIsReached else { return }
      try observe(.raceBegan(round: round, remedies: rungs.count))
      let racers = try race(rungs, round: round, limit: limit)
      if round == 1 { try addSeeds() }
      guard let winner = try proveInTurn(racers) else { return }
      base = winner.change
      finalSeconds = max(finalSeconds, finalSeconds(of: winner.arm))
      kept += winner.parts
      control = winner.arm
      tried.formUnion(winner.parts.map(\.remedy.id))
      // The proven recipe is a run like another: what holds it back now is the next question.
      if let evidence = wholeRuns[CanonicalJSON.text(base)]?.evidence {
        run = evidence.run
        diagnosis = Diagnostician().diagnose(evidence)
      } else if let text = subject.configuration(with: base) {
        run.configuration = text
      }
    }
  }

  /// Takes as many paired seeds as the time holds, up to those asked for, before any proof is looked at.
  private func addSeeds() throws {
    let perSeed = proofSeconds / Double(seeds)
    let control = perSeed * Double(original.seeds)
    // Random search takes as long as the race; half of the rest is for the rounds that may follow.
    let left = (secondsLeft - outcome.design.raceSeconds) * (options.rounds > 1 ? 0.5 : 1)
    let ofAll = perSeed * (1 + ExperimentPlan.remedyFactor * (ExperimentPlan.proofArms - 1))
    let count = try ledger.value("seeds") {
      let affordable = (max(0, left) + control) / max(ofAll, 1e-9)
      return affordable > Double(seeds) ? min(options.seeds, Int(min(affordable, 1000))) : seeds
    }
    guard count > seeds else { return }
    seeds = count
    outcome.design.seeds = count
    original =
      try proofArm([:], name: "control", purpose: .control, after: original) ?? original
    self.control = original
  }

  private var goalIsReached: Bool {
    guard let goal = options.goal else { return false }
    let reached = control.metrics.mean()
    return subject.metric.isBetterWhenLarger ? reached >= goal : reached <= goal
  }

  // MARK: time

  /// The epochs of a whole run on the baseline's training samples, and their seconds.
  private static func length(
    of baseline: RunEvidence, _ subject: any ExperimentSubject
  ) throws -> RunLength {
    let epochs = baseline.epochs.count
    // What was ended before its time says nothing of how long a whole run is.
    if epochs > 0, isWhole(baseline) {
      // The median: the first epoch of a process pays for what is made once.
      return RunLength(
        epochs: epochs, seconds: baseline.epochs.map(\.seconds).median() * Double(epochs))
    }
    let validation = min(baseline.run.task.validationSamples, subject.pool.count / 2)
    let cut = max(0, subject.pool.count - max(1, validation))
    return try subject.length(
      on: Split(
        train: Array(subject.pool[..<cut]), validation: Array(subject.pool[cut...]), test: []))
  }

  /// Whether the baseline's own time says what other recipes take.
  private var baselineIsWhole: Bool { Self.isWhole(baseline) }

  private static func isWhole(_ baseline: RunEvidence) -> Bool {
    baseline.run.status != .diverged && baseline.run.status != .interrupted
  }

  /// Seconds that a proof of one recipe takes, about.
  var proofSeconds: Double {
    original.seeds > 0 && baselineIsWhole
      ? original.seconds * Double(seeds) / Double(original.seeds)
      : unitSeconds * 1.2 * Double(seeds * design.proofs[0].count)
  }

  /// Seconds that a recipe's final model takes, with some to spare: as many times the baseline's as its
  /// proof took times the control's, or by its proof and the number of samples where there is no control.
  func finalSeconds(of arm: Arm) -> Double {
    let models = Double(max(1, arm.seeds * design.proofs[0].count))
    let ofControl = original.seconds / Double(max(1, original.seeds * design.proofs[0].count))
    if ofControl > 0, baseline.run.seconds > 0, baselineIsWhole {
      return 1.3 * baseline.run.seconds * arm.seconds / models / ofControl
    }
    let growth = Double(subject.pool.count) / Double(max(1, design.proofs[0][0].train.count))
    return 1.3 * arm.seconds / models * max(1, growth)
  }

  /// Seconds until the final model must begin.
  var secondsLeft: Double { clock.left - finalSeconds }

  /// What the controls still need: other seeds, random search's best, and its search.
  var reservedSeconds: Double { 2 * proofSeconds + outcome.design.raceSeconds }

  /// Whether so many more proofs fit beside the controls.
  func mayProve(_ count: Double) -> Bool {
    secondsLeft - reservedSeconds >= count * proofSeconds
  }

  private func raceLimit(round: Int) -> Double {
    let left = plan.raceSeconds - outcome.design.raceSeconds
    let share = round == options.rounds ? 1 : 0.6
    // Each second of the race is one of random search too.
    let free = (secondsLeft - reservedSeconds - 2 * proofSeconds) / 2
    return min(share * left, free)
  }
}
