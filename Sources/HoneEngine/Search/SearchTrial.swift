import Foundation
import HoneAssembly
import HoneCommands
import HoneConfiguration
import HoneData
import HoneRecords
import HoneSearch
import HoneStore
import HoneTensor
import HoneText
import HoneTrain

/// Runs the trials of a study.
///
/// Each trains the configuration with the trial's values, and is a run in the store with series and
/// model. The test split is left for the winner.
struct SearchTrial {
  /// Seconds of training that a trial loses at most with its worker.
  private static let checkpointSeconds = 5.0

  let work: SearchWork
  let study: String
  let base: Configuration
  let data: Dataset
  let split: Split
  let store: any RunStore
  let objective: ObjectiveRecord
  let usesLoss: Bool
  /// The threads of one operation, at most; nil for as many as the model asks for.
  let mostThreads: Int?
  /// What the first trial measured of the samples.
  private let neighbours = KnownNeighbours()

  private var context: CommandContext { work.context }
  private var folders: ArtifactFolders { ArtifactFolders(store: context.storePath) }

  /// A trial that is ready to train.
  private struct Prepared {
    let trial: Trial
    let assembled: AssembledRun
    /// The checkpoint of an earlier attempt.
    let earlier: Checkpoint?
    let checkpointer: Checkpointer
    let pause: Flag
    let trainer: Trainer
  }

  /// Trains trials, those of one make-up as one computation; an interrupted trial waits for the study to
  /// go on.
  /// - Parameter tell: told what came of each trial, as it ends; failures are `TrialFailed`.
  func run(_ trials: [Trial], tell: (Trial, Result<[Double], any Error>) -> Void) {
    var prepared: [Prepared] = []
    for trial in trials {
      do {
        prepared.append(try explaining(trial) { try prepare(trial) })
      } catch {
        tell(trial, .failure(error))
      }
    }
    TrainingStack(prepared.map(\.trainer), from: prepared.map(\.earlier))
      .train { place, result in
        let one = prepared[place]
        tell(
          one.trial,
          Result { try explaining(one.trial) { [try finish(one, result)] } })
      }
  }

  /// Runs a part of a trial; what goes wrong is said and becomes a `TrialFailed` with the reason.
  private func explaining<R>(_ trial: Trial, _ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch let error as TrialFailed {
      say(trial, "\(error.failure.rawValue): \(error.note)")
      throw error
    } catch let error as TorchError where error.kind == .outOfMemory {
      say(trial, TrialFailure.outOfMemory.rawValue)
      throw TrialFailed(.outOfMemory, "\(error)")
    } catch {
      let note = (error as? any ReportableError)?.explanation.english ?? "\(error)"
      say(trial, note)
      throw TrialFailed(.userError, note)
    }
  }

  /// Training samples that are answered after each epoch: enough for a diagnosis; all of them took as long
  /// as the steps of a small model.
  private static let trainEvaluationSamples = 256

  private static func fewer(_ loader: DataLoader) throws -> DataLoader {
    let (all, most) = (loader.indices, trainEvaluationSamples)
    guard all.count > most else { return loader }
    return try DataLoader(
      loader.dataset, indices: (0..<most).map { all[$0 * all.count / most] },
      preprocessor: loader.preprocessor, options: loader.options)
  }

  /// A trial from the checkpoint of an earlier attempt where there is one.
  private func prepare(_ trial: Trial) throws -> Prepared {
    let earlier = earlier(trial)
    if earlier == nil { try beginAnew(trial) }
    let assembled = try assemble(trial, earlier?.progress.run)
    var plan = assembled.plan
    // Sums depend on the number of threads.
    plan.threads = earlier?.progress.run.threads ?? min(plan.threads, mostThreads ?? .max)
    plan.trainEvaluation = try plan.trainEvaluation.map(Self.fewer)
    // The epoch that counts, and whose weights are kept, is the one that the objective finds best.
    if base.training.earlyStopping == nil, plan.validation != nil {
      plan.monitor = usesLoss ? .validationLoss : .validationMetric(plan.metric)
    }
    if earlier == nil { trial.note(run: assembled.record.id) }
    plan.knownNeighbours = neighbours.record(preparedBy: assembled.preprocessor)
    let pause = Flag()
    let reporting = ReportingPolicy(
      trial: trial, run: assembled.record, epochs: plan.epochs, pause: pause,
      score: { [self] in score(of: $0) })
    let interruption = context.interruption
    let checkpointer = Checkpointer(
      folder: try folders.makeFolder(of: assembled.record.id).path,
      interval: CheckpointInterval(seconds: SearchTrial.checkpointSeconds))
    let trainer = Trainer(
      plan, record: assembled.record, policies: assembled.policies + [reporting],
      observers: [StoreObserver(store)], checkpointer: checkpointer,
      stopRequested: { interruption.isRequested || pause.isRaised },
      evaluationStopRequested: { interruption.isRequested })
    return Prepared(
      trial: trial, assembled: assembled, earlier: earlier, checkpointer: checkpointer,
      pause: pause, trainer: trainer)
  }

  /// Keeps what came of a trial's training.
  /// - Returns: the trial's value.
  private func finish(
    _ prepared: Prepared, _ result: Result<TrainingOutcome, any Error>
  ) throws -> Double {
    let (trial, assembled) = (prepared.trial, prepared.assembled)
    let outcome: TrainingOutcome
    do {
      outcome = try result.get()
    } catch {
      prepared.checkpointer.removeAll()
      _ = try? store.update(assembled.record.id) { $0.status = .failed }
      throw error
    }
    neighbours.keep(outcome.record.preflight?.neighbours, preparedBy: assembled.preprocessor)
    if outcome.record.status == .interrupted {
      return try rest(trial, outcome.record, prepared.pause)
    }
    trial.ignorePause()
    try keep(outcome, assembled)
    prepared.checkpointer.removeAll()
    return try value(of: trial, outcome.record)
  }

  /// The checkpoint of an earlier attempt whose run is here; nil where there is none.
  private func earlier(_ trial: Trial) -> Checkpoint? {
    guard let id = trial.run, (try? store.run(id)) != nil,
      let folder = try? folders.folder(of: id),
      let checkpoint = Checkpointer(folder: folder.path).read().checkpoint,
      checkpoint.progress.run.id == id
    else { return nil }
    return checkpoint
  }

  /// Forgets an attempt that left nothing to go on from: its files may lie on another machine.
  private func beginAnew(_ trial: Trial) throws {
    if let id = trial.run {
      try? store.delete(id)
      try? folders.removeFolder(of: id)
    }
    trial.startOver()
  }

  private func assemble(_ trial: Trial, _ earlier: RunRecord?) throws -> AssembledRun {
    let configuration = try base.applying(trial.parameters.mapValues(\.configuration))
    var identity = RunIdentity(
      created: earlier?.created ?? Date(), name: "\(study)/\(trial.number)")
    if let earlier { identity.id = earlier.id }
    identity.parent = study
    identity.command = context.command
    var assembled = try AssembledRun(configuration, data: data, split: split, identity: identity)
    assembled.record.threads = min(assembled.record.threads, mostThreads ?? .max)
    return assembled
  }

  /// Leaves a trial that was paused or interrupted with its checkpoint.
  private func rest(_ trial: Trial, _ record: RunRecord, _ pause: Flag) throws -> Double {
    try store.saveProgress(record)
    if pause.isRaised {
      say(
        trial,
        Localized(
          "paused after epoch \(record.epochs)", korean: "에폭 \(record.epochs) 뒤 일시 중지"
        ).text(context.language))
    } else {
      trial.release()
    }
    return .nan
  }

  private func value(of trial: Trial, _ record: RunRecord) throws -> Double {
    guard record.status != .diverged else {
      throw TrialFailed(.diverged, record.outcome ?? "Its loss was not finite.")
    }
    guard let epoch: EpochRecord = record.best ?? record.final else {
      throw TrialFailed(.noValue, "It ended before its first epoch.")
    }
    let value = score(of: epoch)
    let result = "\(objective.name) \(Formatting.fixed(value, decimals: 4))"
    say(trial, [result, trial.endedBecause].compactMap(\.self).joined(separator: ", "))
    return value
  }

  /// Writes the model, and where it lies into the record.
  private func keep(_ outcome: TrainingOutcome, _ assembled: AssembledRun) throws {
    var run = outcome.record
    let file = try folders.makeFolder(of: run.id).appending(path: "model.safetensors")
    run.checkpoint = folders.relativePath(of: file)
    try ModelFile(state: outcome.kept, run: run, preprocessor: assembled.preprocessor)
      .write(to: file.path)
    try store.saveProgress(run)
  }

  private func score(of epoch: EpochRecord) -> Double {
    (usesLoss ? epoch.validationLoss : epoch.validationMetric) ?? .nan
  }

  private func say(_ trial: Trial, _ result: String) {
    let values = trial.parameters.sorted { $0.key < $1.key }.map { name, value in
      let text = if case .number(let number) = value { short(number) } else { "\(value)" }
      return "\(name)=\(text)"
    }
    let name = Localized("trial \(trial.number)", korean: "시행 \(trial.number)")
    context.say("\(name.text(context.language))  \(result)  \(values.joined(separator: " "))")
  }

  private func short(_ number: Double) -> String {
    number != 0 && abs(number) < 0.01
      ? String(format: "%.2e", number) : Formatting.fixed(number, decimals: 4)
  }
}
