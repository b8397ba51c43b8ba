import Foundation
import HoneAssembly
import HoneCommands
import HoneConfiguration
import HoneRecords
import HoneTensor
import HoneText
import HoneTrain

// Runs that several processes train together.
extension LibtorchEngine {
  /// This process's part in a run: all of it in rank 0, the training in the others.
  func train(
    _ request: TrainRequest, together parallel: ParallelRun, _ context: CommandContext
  ) throws -> RunRecord {
    let setting = VerbSetting(parallel.context(context))
    return try parallel.telling {
      // Before anything asks how many threads there are.
      Torch.threads = parallel.threads
      if let reference = request.resume {
        return try parallel.isWriter
          ? resume(reference, request, setting, parallel)
          : follow(setting, parallel)
      }
      return try begin(request, setting, parallel)
    }
  }

  /// Trains in a process that writes nothing.
  func follow(
    _ assembled: AssembledRun, from checkpoint: Checkpoint?, threads: Int, _ setting: VerbSetting,
    _ parallel: ParallelRun
  ) throws -> RunRecord {
    Torch.threads = threads
    var plan = assembled.plan
    plan.threads = threads
    plan.parallel = parallel.training
    let interruption = setting.context.interruption
    let trainer = Trainer(
      plan, record: assembled.record, policies: assembled.policies,
      stopRequested: { interruption.isRequested })
    return try trainer.train(from: checkpoint).record
  }

  /// Continues a run that rank 0 has looked up.
  private func follow(_ setting: VerbSetting, _ parallel: ParallelRun) throws -> RunRecord {
    let told = try parallel.told()
    let run = told.run
    var identity = RunIdentity(created: run.created, name: run.name)
    identity.id = run.id
    let configuration = try Configuration(text: told.configuration, file: "run \(run.id)")
    let assembled = try assemble(configuration, seed: run.seed, identity: identity, setting)
    try parallel.check(assembled.record)
    let checkpoint = try sharedCheckpoint(nil, parallel)
    let threads = checkpoint?.progress.run.threads ?? resumedThreads(run, run.threads, parallel)
    return try follow(assembled, from: checkpoint, threads: threads, setting, parallel)
  }

  /// The threads of a run that goes on: its own, but no more than there are for each process where
  /// these are other than they were.
  func resumedThreads(_ run: RunRecord, _ own: Int, _ parallel: ParallelRun?) -> Int {
    guard let parallel, parallel.training.group.size != run.processes ?? 1 else { return own }
    return min(own, parallel.threads)
  }

  /// Rank 0's checkpoint in all processes: the others need not see its disk.
  func sharedCheckpoint(
    _ found: Checkpoint?, _ parallel: ParallelRun?
  ) throws -> Checkpoint? {
    guard let parallel else { return found }
    let bytes = try found.map { try $0.bytes() } ?? []
    let shared = try parallel.training.group.broadcast(bytes)
    if parallel.isWriter || shared.isEmpty { return found }
    return try Checkpoint(bytes: shared)
  }
}
