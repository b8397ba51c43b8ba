import Foundation
import HoneConfiguration
import HoneData
import HoneRecords
import Testing

@testable import HoneImprove

@Suite struct ExperimentSeriesTests {
  private func options(_ budget: Double = 600, seeds: Int = 3) -> ImprovementOptions {
    var options = ImprovementOptions(budgetSeconds: budget, seeds: seeds)
    options.rounds = 2
    return options
  }

  private func run(
    _ subject: CoinSubject, options: ImprovementOptions? = nil,
    ledger: ExperimentLedger = ExperimentLedger(),
    observe: @escaping (ImprovementEvent) throws -> Void = { _ in }
  ) throws -> SeriesOutcome {
    try ExperimentSeries(
      subject, baseline: subject.baseline(), diagnosis: CoinSubject.healthy,
      options: options ?? self.options(), ledger: ledger, observe: observe
    ).run()
  }

  private static func isNormed(_ configuration: Configuration) -> Bool {
    if case .mlp(_, _, .batchNorm, _, _, _) = configuration.model.architecture { return true }
    return false
  }

  /// Batch normalization helps much, dropout a little, the rest nothing.
  private func helpful() throws -> CoinSubject {
    var subject = try CoinSubject()
    subject.accuracy = { configuration in
      var chance = 0.5
      if Self.isNormed(configuration) { chance += 0.25 }
      if case .mlp(_, _, _, let dropout, _, _) = configuration.model.architecture, dropout > 0 {
        chance += 0.15
      }
      return chance
    }
    return subject
  }

  @Test("what helps is kept with proof, and what does not is not")
  func helps() throws {
    let outcome = try run(try helpful())
    let kept = Set(outcome.kept.flatMap { $0.id.split(separator: "+").map(String.init) })
    #expect(kept.contains("batch-norm") || kept.contains("standard-recipe"))
    #expect(kept.contains("dropout"))
    let gain = try #require(outcome.gain)
    #expect(gain.interval[0] > 0.2 && gain.interval[1] < 0.6)
    for record in outcome.records where record.decision == .kept {
      #expect(record.interval[0] > 0)
    }
  }

  @Test("the final model is given the time of a model of the proof, by samples and some to spare")
  func finalTime() throws {
    let subject = try helpful()
    var baseline = subject.baseline()
    baseline.run.seconds = 10
    let series = try ExperimentSeries(
      subject, baseline: baseline, diagnosis: CoinSubject.healthy, options: options(),
      ledger: ExperimentLedger(), observe: { _ in })
    let proofs = series.design.proofs[0]
    var arm = Arm(scores: [[1], [1]], samples: [[0], [0]], metrics: [1, 1])
    arm.seconds = 40
    let ofOne = 40 / Double(2 * proofs.count)
    let growth = Double(subject.pool.count) / Double(proofs[0].train.count)
    #expect(growth >= 1)
    #expect(abs(series.finalSeconds(of: arm) - 1.3 * ofOne * growth) < 1e-9)
    arm.seconds = 80
    #expect(series.finalSeconds(of: arm) > 2 * ofOne * growth)
    // With a control in between it is the baseline's time that counts, whatever few samples cost.
    series.original = Arm(scores: [[1], [1]], samples: [[0], [0]], metrics: [1, 1])
    series.original.seconds = 20
    #expect(abs(series.finalSeconds(of: arm) - 1.3 * 4 * 10) < 1e-9)
  }

  @Test("a baseline that was cut after an epoch does not pass for a whole run of the recipe")
  func cutBaseline() throws {
    let subject = try helpful()
    var cut = subject.baseline()
    cut.epochs = Array(cut.epochs.prefix(1))
    func epochs(_ status: RunStatus) throws -> Int {
      cut.run.status = status
      return try ExperimentSeries(
        subject, baseline: cut, diagnosis: CoinSubject.healthy, options: options()
      ).epochs
    }
    #expect(try epochs(.stoppedEarly) == 1)
    #expect(try epochs(.interrupted) == 20)
    #expect(try epochs(.diverged) == 20)
  }

  @Test("seeds that turn out to be cheap are added before anything is proven")
  func addsSeeds() throws {
    let subject = try helpful()
    let series = try ExperimentSeries(
      subject, baseline: subject.baseline(epochSeconds: 1), diagnosis: CoinSubject.healthy,
      options: options(seeds: 5))
    #expect(series.plan.seeds < 5)
    let outcome = try series.run()
    #expect(outcome.design.seeds == 5)
    #expect(outcome.records.allSatisfy { $0.seeds == 5 })
    #expect(outcome.controls.first?.seeds == 5)
  }

  @Test("each kept change is left out in turn, and its loss is told")
  func ablation() throws {
    let outcome = try run(try helpful())
    #expect(outcome.ablation.count >= 2)
    #expect(outcome.ablation.allSatisfy { $0.delta > 0 || $0.interval[0] <= 0 })
    #expect(outcome.ablation.contains { $0.interval[0] > 0 })
  }

  @Test("where nothing helps hardly anything is kept, over many series")
  func null() throws {
    let kept = try (0..<10).count { seed in
      var options = options(seeds: 2)
      options.seed = UInt64(1_000 * seed)
      options.rounds = 1
      var subject = try CoinSubject()
      subject.pool = Array(0..<150)
      return try !run(subject, options: options).kept.isEmpty
    }
    // One-sided 2.5 %: 4 of 10 are beyond the 99.99 % point of the binomial.
    #expect(kept < 4)
  }

  @Test("other seeds and random search always stand beside the remedies")
  func controls() throws {
    let outcome = try run(try helpful())
    #expect(outcome.controls.map(\.remedy).prefix(2) == ["same-again", "random-search"])
    let again = outcome.controls[0]
    #expect(again.interval[0] <= 0 && again.interval[1] >= 0)
    let random = outcome.controls[1]
    #expect((random.trials ?? 0) >= 1)
    #expect(outcome.controls.allSatisfy { $0.decision != .kept })
  }

  @Test("random search gets the seconds of the race")
  func equalTime() throws {
    var subject = try helpful()
    subject.seconds = 0.02
    var options = options()
    options.rounds = 1
    let outcome = try run(subject, options: options)
    let random = try #require(outcome.controls.first { $0.remedy == "random-search" })
    let trials = Double(random.trials ?? 0)
    let race = outcome.design.raceSeconds
    #expect(trials * 0.02 <= race + 0.02 && trials * 0.02 >= race - 0.03)
  }

  @Test("no sample that proves has chosen, whatever is trained")
  func separation() throws {
    var subject = try helpful()
    let log = TaskLog()
    subject.trained = { log.tasks.append($0) }
    _ = try run(subject)
    let race = log.tasks.filter { $0.seed > 50_000 && $0.seed < 1 << 32 }
    let choosing = Set(race.flatMap(\.split.test))
    let proving = Set(
      log.tasks.filter { $0.seed < 50_000 || $0.seed >= 1 << 32 }.flatMap(\.split.test))
    #expect(!choosing.isEmpty && !proving.isEmpty && choosing.isDisjoint(with: proving))
  }

  @Test("a series that is interrupted goes on where it stood and comes to the same ledger")
  func resumes() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func ledger() throws -> ExperimentLedger {
      try ExperimentLedger(path: folder.appending(path: "l").path, subject: "s", elapsed: { 0 })
    }
    let whole = try run(try helpful())
    var subject = try helpful()
    let log = TaskLog()
    subject.trained = { task in
      log.tasks.append(task)
      if log.tasks.count == 40 { throw ImprovementError.interrupted(experiments: 0) }
    }
    #expect(throws: ImprovementError.self) { try run(subject, ledger: try ledger()) }
    let before = log.tasks.count - 1
    let resumed = try run(subject, ledger: try ledger())
    #expect(resumed.records == whole.records && resumed.controls == whole.controls)
    #expect(resumed.ablation == whole.ablation && resumed.screened == whole.screened)
    let all = TaskLog()
    subject.trained = { all.tasks.append($0) }
    _ = try run(subject)
    #expect(log.tasks.count - 1 - before == all.tasks.count - before)
  }

  @Test("the same seed gives the same ledger")
  func reproducible() throws {
    let (first, second) = (try run(try helpful()), try run(try helpful()))
    #expect(first.records == second.records && first.screened == second.screened)
    #expect(first.controls == second.controls && first.ablation == second.ablation)
  }

  @Test("a ledger of something else is refused")
  func otherLedger() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    _ = try ExperimentLedger(path: path, subject: "a", elapsed: { 0 })
    #expect(throws: ImprovementError.otherLedger(path)) {
      try ExperimentLedger(path: path, subject: "b", elapsed: { 0 })
    }
  }

  @Test("models that cannot be trained are told and not chosen")
  func failures() throws {
    var subject = try helpful()
    subject.trained = { task in
      if task.change.keys.contains("training.epochs") { throw CocoaError(.featureUnsupported) }
    }
    let broken = FailingSubject(inner: subject)
    let outcome = try ExperimentSeries(
      broken, baseline: subject.baseline(), diagnosis: CoinSubject.healthy, options: options()
    ).run()
    #expect(!outcome.kept.isEmpty)
    let failed = outcome.screened.filter { $0.decision == .failed }
    #expect(!failed.isEmpty)
    #expect(failed.allSatisfy { $0.change.keys.contains("training.epochs") })
  }

  @Test("the goal ends the search for remedies")
  func goal() throws {
    var options = options()
    options.goal = 0.3
    let outcome = try run(try helpful(), options: options)
    #expect(outcome.records.isEmpty && outcome.controls.count >= 1)
  }
}

/// What was trained, in order.
final class TaskLog {
  var tasks: [ArmTask] = []
}
