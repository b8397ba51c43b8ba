public import HoneCommands
import HoneConfiguration

extension LibtorchEngine {
  /// Trials of a study, one after another, each a run in the store.
  /// - Throws: what space, data, configuration, disk or libtorch refuse, as errors that explain
  ///   themselves.
  public func search(
    _ request: SearchRequest, in context: CommandContext
  ) async throws -> SearchReport {
    try await EngineThread.run {
      VerbSetting(context).prepareTorch(request.configuration.training)
      return try SearchWork(context: context).search(request)
    }
  }

  /// Trials of a study that others work on too, each a run in the store.
  /// - Throws: what data, configuration, disk or libtorch refuse, as errors that explain themselves.
  public func join(
    _ request: JoinRequest, in context: CommandContext
  ) async throws -> SearchReport {
    try await EngineThread.run { try SearchWork(context: context).join(request) }
  }
}
