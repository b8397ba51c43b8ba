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
  let work: SearchWork
  let study: String
  let base: Configuration
  let data: Dataset
  let split: Split
  let store: any RunStore
  let objective: ObjectiveRecord
  let usesLoss: Bool

  private var context: CommandContext { work.context }

  /// Trains; an interrupted trial waits for the study to go on.
  /// - Throws: `TrialFailed` with the reason.
  func run(_ trial: Trial) throws -> [Double] {
    // There is no checkpoint to go on from.
    trial.startOver()
    do {
      return [try train(trial)]
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

  private func train(_ trial: Trial) throws -> Double {
    let configuration = try base.applying(trial.parameters.mapValues(\.configuration))
    var identity = RunIdentity(name: "\(study)/\(trial.number)")
    identity.parent = study
    identity.command = context.command
    let assembled = try AssembledRun(configuration, data: data, split: split, identity: identity)
    trial.note(run: assembled.record.id)
    Torch.threads = assembled.plan.threads
    let interruption = context.interruption
    let observer = StoreObserver(store)
    let reporting = ReportingPolicy(trial: trial, score: { [self] in score(of: $0) })
    let trainer = Trainer(
      assembled.plan, record: assembled.record, policies: assembled.policies + [reporting],
      observers: [observer], stopRequested: { interruption.isRequested })
    let outcome: TrainingOutcome
    do {
      outcome = try trainer.train()
    } catch {
      _ = try? store.update(assembled.record.id) { $0.status = .failed }
      throw error
    }
    guard outcome.record.status != .interrupted else {
      // The trial begins anew, as another run.
      try? store.delete(assembled.record.id)
      trial.release()
      return .nan
    }
    try keep(outcome, assembled)
    guard outcome.record.status != .diverged else {
      throw TrialFailed(.diverged, outcome.record.outcome ?? "Its loss was not finite.")
    }
    let record: RunRecord = outcome.record
    guard let epoch: EpochRecord = record.best ?? record.final else {
      throw TrialFailed(.noValue, "It ended before its first epoch.")
    }
    let value = score(of: epoch)
    say(trial, "\(objective.name) \(Formatting.fixed(value, decimals: 4))")
    return value
  }

  /// Writes the model, and where it lies into the record.
  private func keep(_ outcome: TrainingOutcome, _ assembled: AssembledRun) throws {
    let folders = ArtifactFolders(store: context.storePath)
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

/// Tells the study each epoch, and ends the run where the study wants it.
private struct ReportingPolicy: TrainingPolicy {
  let trial: Trial
  let score: @Sendable (EpochRecord) -> Double

  func decide(after history: [EpochRecord]) -> TrainingDirective {
    guard let epoch = history.last, epoch.epoch >= trial.firstStep else { return .proceed }
    switch trial.report(score(epoch), step: epoch.epoch) {
    case .proceed: return .proceed
    case .stop, .pause:
      return .stop(
        Localized("The study ended the trial.", korean: "연구가 시행을 끝냈습니다."))
    }
  }
}
