import HoneAssembly
public import HoneCommands
import HoneConfiguration
import HoneData
import HoneRecords
import HoneTrain

extension LibtorchEngine {
  /// The first steps of a run once more, compared with what it recorded; stores nothing.
  /// - Throws: `EngineError.changed` where the data are not the run's, `EngineError.interrupted`, and
  ///   what training throws.
  public func verify(
    _ request: VerifyRequest, in context: CommandContext
  ) async throws -> VerificationReport {
    try await EngineThread.run {
      let setting = VerbSetting(context)
      let store = try context.openExistingStore()
      let run = try store.find(request.run)
      let repetition = try Repetition(of: run, steps: request.steps) { configuration, identity in
        try assemble(configuration, seed: run.seed, identity: identity, setting) { data in
          guard data.fingerprint == run.dataFingerprint else {
            throw EngineError.changed(run: run.id, what: .data(source: run.dataSource))
          }
        }
      }
      let interruption = context.interruption
      let replay = try repetition.train(threads: run.threads) { interruption.isRequested }
      if interruption.isRequested {
        throw EngineError.interrupted(isTermination: interruption.isTermination)
      }
      return replay.report(beside: try store.evidence(run.id))
    }
  }
}
