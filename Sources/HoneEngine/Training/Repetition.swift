import HoneAssembly
import HoneCommands
import HoneConfiguration
import HoneRecords
import HoneTrain

/// The first steps of a run, to be trained again.
struct Repetition {
  private let assembled: AssembledRun
  private let steps: Int

  /// Assembles a run as it began.
  /// - Throws: `EngineError.notRepeatable` where configuration and data do not give the run's samples,
  ///   `.trainedTogether` where several processes trained it.
  init(
    of run: RunRecord, steps: Int,
    _ assemble: (Configuration, RunIdentity) throws -> AssembledRun
  ) throws {
    if let processes = run.processes, processes > 1 {
      throw EngineError.trainedTogether(run: run.id, processes: processes)
    }
    var identity = RunIdentity(created: run.created, name: run.name)
    identity.id = run.id
    identity.environment = .current
    assembled = try assemble(
      try Configuration(text: run.configuration, file: "run \(run.id)"), identity)
    guard assembled.record.task == run.task else { throw EngineError.notRepeatable(run: run.id) }
    self.steps = steps
  }

  /// Takes the steps, and keeps what observers are told of them.
  func train(threads: Int, stopRequested: @escaping () -> Bool) throws -> Replay {
    var plan = assembled.plan
    plan.threads = threads
    var replay = Replay()
    let observer = ClosureObserver { event in
      switch event {
      case .step(let step): replay.steps.append(step)
      case .epoch(let epoch): replay.epochs.append(epoch)
      default: break
      }
    }
    var taken = 0
    let outcome = try Trainer(
      plan, record: assembled.record, policies: assembled.policies, observers: [observer],
      stopRequested: {
        taken += 1
        return taken >= steps || stopRequested()
      }
    ).train()
    replay.environment = outcome.record.environment
    // Nobody is asked whether to stop after the very last step.
    replay.taken = max(taken, replay.steps.last?.step ?? 0, replay.epochs.last?.step ?? 0)
    return replay
  }
}

/// What a repetition brought.
struct Replay {
  var steps: [StepRecord] = []
  var epochs: [EpochRecord] = []
  var taken = 0
  var environment: EnvironmentRecord?

  /// The comparison with a run's record.
  func report(beside evidence: RunEvidence) -> VerificationReport {
    let recorded = Dictionary(evidence.steps.map { ($0.step, $0) }) { $1 }
    let ends = Dictionary(evidence.epochs.map { ($0.epoch, $0) }) { $1 }
    let pairs = steps.compactMap { step in recorded[step.step].map { (was: $0, now: step) } }
    let epochPairs = epochs.compactMap { epoch in ends[epoch.epoch].map { (was: $0, now: epoch) } }
    let differences =
      pairs.compactMap { Self.difference($0.was, $0.now) }
      + epochPairs.compactMap { Self.difference($0.was, $0.now) }
    return VerificationReport(
      run: evidence.run.id, steps: taken, comparedSteps: pairs.count,
      comparedEpochs: epochPairs.count, difference: differences.min { $0.step < $1.step },
      changes: changes(since: evidence.run))
  }

  /// What is no longer as a run had it, in sentences.
  private func changes(since run: RunRecord) -> [String] {
    guard let now = environment else { return run.changes ?? [] }
    let was = run.environment
    var changes: [String] = run.changes ?? []
    for (name, old, new) in [
      ("Hone", was.hone, now.hone), ("libtorch", was.libtorch ?? "-", now.libtorch ?? "-"),
      ("capability", was.capability ?? "-", now.capability ?? "-"),
      ("processor", was.processor, now.processor),
    ] where old != new {
      changes.append("\(name): \(old) -> \(new)")
    }
    return changes
  }

  private typealias Quantity = (name: String, was: Double?, now: Double?)

  private static func difference(
    _ was: StepRecord, _ now: StepRecord
  ) -> VerificationReport.Difference? {
    first(
      of: [
        ("loss", was.loss, now.loss), ("gradientNorm", was.gradientNorm, now.gradientNorm),
        ("updateRatio", was.updateRatio, now.updateRatio),
        ("learningRate", was.learningRate, now.learningRate),
      ], step: was.step)
  }

  private static func difference(
    _ was: EpochRecord, _ now: EpochRecord
  ) -> VerificationReport.Difference? {
    if let old = was.weights, let new = now.weights, old != new {
      return .init(step: was.step, quantity: "weights", was: old, now: new)
    }
    return first(
      of: [
        ("trainLoss", was.trainLoss, now.trainLoss),
        ("validationLoss", was.validationLoss, now.validationLoss),
        ("validationMetric", was.validationMetric, now.validationMetric),
      ], step: was.step)
  }

  private static func first(
    of quantities: [Quantity], step: Int
  ) -> VerificationReport.Difference? {
    let differing = quantities.first { isDifferent($0.was, $0.now) }
    return differing.map {
      .init(
        step: step, quantity: $0.name, was: $0.was.map { "\($0)" } ?? "-",
        now: $0.now.map { "\($0)" } ?? "-")
    }
  }

  /// What is not a number is equal to itself here.
  private static func isDifferent(_ was: Double?, _ now: Double?) -> Bool {
    if let was, let now, was.isNaN, now.isNaN { return false }
    return was?.bitPattern != now?.bitPattern
  }
}
