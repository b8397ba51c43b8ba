import HoneAssembly
public import HoneCommands
import HoneConfiguration
public import HoneRecords
import HoneTensor
import HoneTrain

extension LibtorchEngine {
  /// What a run would be, without training it.
  /// - Throws: what data, configuration or libtorch refuse, as errors that explain themselves.
  public func plan(
    _ request: TrainRequest, in context: CommandContext
  ) async throws -> PlanRecord {
    try await EngineThread.run {
      var configuration = request.configuration
      configuration.data.source = request.data ?? configuration.data.source
      let setting = VerbSetting(context)
      let assembled = try assemble(configuration, setting)
      Torch.threads = assembled.plan.threads
      try warnOfNoise(assembled, setting)
      return try assembled.outlook()
    }
  }
}
