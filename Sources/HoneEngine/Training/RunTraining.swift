import Foundation
import HoneAssembly
import HoneCommands
import HoneData
import HoneDiagnosis
import HoneMetrics
import HoneRecords
import HoneStore
import HoneTensor
import HoneText
import HoneTrain

/// Trains an assembled run and leaves behind what a run leaves: its record with series, findings and
/// test result in the store, its model in its folder.
struct RunTraining {
  let assembled: AssembledRun
  let place: RunPlace
  let setting: VerbSetting
  /// The processes that train the run together; nil where this one does alone.
  var parallel: DataParallel?

  /// Trains from the start or from a checkpoint.
  /// - Returns: the final record; interruption and divergence are among its statuses.
  /// - Throws: what training throws; the run is marked as failed then, its checkpoints are intact.
  func run(from checkpoint: Checkpoint?, threads: Int) throws -> RunRecord {
    let board = TensorBoardObserver(of: assembled)
    do {
      var record = try train(from: checkpoint, threads: threads, board)
      try place.store.saveProgress(record)
      try RunFiles(of: place, logs: assembled.logFiles, events: board?.path)
        .note(record.id, in: place.store, setting.folders)
      if record.status == .interrupted {
        try board?.finish(record)
        sayHowToResume(record)
        return record
      }
      record.findings = try diagnose(record)
      try place.store.saveProgress(record)
      try board?.finish(record)
      place.checkpointer.removeAll()
      return record
    } catch {
      try? markFailed(error, board)
      throw error
    }
  }

  /// Trains, writes the model and tests it.
  private func train(
    from checkpoint: Checkpoint?, threads: Int, _ board: TensorBoardObserver?
  ) throws -> RunRecord {
    Torch.threads = threads
    var plan = assembled.plan
    plan.threads = threads
    plan.parallel = parallel
    let progress = ProgressRenderer(setting.context)
    let interruption = setting.context.interruption
    let trainer = Trainer(
      plan, record: assembled.record, policies: assembled.policies,
      observers: [RunObserver(place), ClosureObserver { progress.receive($0) }] + assembled.logs
        + (board.map { [$0 as any TrainingObserver] } ?? []),
      checkpointer: place.checkpointer, weightKeeper: assembled.keeper(in: place.folder.path),
      stopRequested: { interruption.isRequested },
      evaluationStopRequested: { interruption.isRequested })
    let outcome = try namingFittingBatch(plan) { try trainer.train(from: checkpoint) }
    setting.say(failuresOf: plan.training)
    if let parallel { setting.context.say(parallel.cost.explanation) }
    var record = outcome.record
    if record.status == .interrupted {
      record.checkpoint = relative(URL(fileURLWithPath: place.checkpointer.newest))
      record.ending = Localized(
        "Stopped on request after \(record.epochs) of \(plan.epochs) epochs.",
        korean: "요청에 따라 에폭 \(plan.epochs)개 중 \(record.epochs)개를 마치고 멈췄습니다.")
      // The best weights so far can be used while the run waits to go on.
      if record.best != nil {
        try ModelFile(state: outcome.kept, run: record, preprocessor: assembled.preprocessor)
          .write(to: place.model.path)
      }
      return record
    }
    var preprocessor = assembled.preprocessor
    preprocessor.logitOffsets = try logitOffsets(plan)
    record.test = try test(plan, epoch: record.best?.epoch, offsets: preprocessor.logitOffsets)
    record.checkpoint = relative(place.model)
    try ModelFile(state: outcome.kept, run: record, preprocessor: preprocessor)
      .write(to: place.model.path)
    return record
  }

  /// Adds to a failure for want of memory the size of batch that fits.
  private func namingFittingBatch(
    _ plan: TrainingPlan, _ body: () throws -> TrainingOutcome
  ) throws -> TrainingOutcome {
    do {
      return try body()
    } catch let error as TorchError where error.kind == .outOfMemory {
      throw EngineError.outOfMemory(
        error, batchSize: plan.training.options.batchSize, fits: try? plan.largestFittingBatch())
    }
  }

  private func test(
    _ plan: TrainingPlan, epoch: Int?, offsets: [Float]?
  ) throws -> EvaluationRecord? {
    guard let samples = assembled.test, let epoch else { return nil }
    return try evaluator(plan).evaluate(plan.model, on: samples).moved(by: offsets)
      .record(split: "test", metric: plan.metric, epoch: epoch, seed: plan.seed)
  }

  /// What the outputs are moved by, where the configuration asks for it.
  private func logitOffsets(_ plan: TrainingPlan) throws -> [Float]? {
    guard assembled.decidesOnValidation, let validation = plan.validation else {
      return assembled.logitOffsets(validation: nil)
    }
    return assembled.logitOffsets(
      validation: try evaluator(plan).evaluate(plan.model, on: validation))
  }

  private func evaluator(_ plan: TrainingPlan) -> Evaluator {
    Evaluator(
      loss: plan.loss, device: plan.device, precision: plan.precision,
      memoryFormat: plan.memoryFormat)
  }

  private func diagnose(_ record: RunRecord) throws -> [Finding] {
    var evidence = try place.store.evidence(record.id)
    evidence.run = record
    return Diagnostician().diagnose(evidence).findings
  }

  private func markFailed(_ error: any Error, _ board: TensorBoardObserver?) throws {
    // A store that stayed locked through the wait has been waited for long enough.
    if case .locked? = error as? StoreError { return }
    // Another process resumed the run before this one held its lock: the run is alive there.
    if case .busy? = error as? EngineError { return }
    var record = try place.store.run(assembled.record.id)
    record.status = .failed
    defer { try? board?.finish(record) }
    record.ending =
      (error as? any ReportableError)?.explanation ?? Localized(verbatim: "\(error)")
    try place.store.save(record)
  }

  private func relative(_ file: URL) -> String { setting.folders.relativePath(of: file) }

  private func sayHowToResume(_ record: RunRecord) {
    let command = "hone train --resume \(record.id)" + storeOption
    setting.context.say(
      Localized("Interrupted. Continue with: \(command)", korean: "중단했습니다. 이어서 하려면: \(command)"))
  }

  /// The option that names the store, where the command line named one.
  private var storeOption: String {
    let words = setting.context.command
    guard words.contains(where: { $0 == "--store" || $0.hasPrefix("--store=") }) else { return "" }
    return " --store \(PostgreSQLStore.displayName(of: setting.context.storePath))"
  }
}
