public import HoneCommands
import HoneConfiguration
public import HoneRecords

extension LibtorchEngine {
  /// Baseline, diagnosis, remedies as paired experiments, final run, report.
  /// - Throws: what data, configuration, disk or libtorch refuse, as errors that explain themselves.
  public func improve(
    _ request: ImproveRequest, in context: CommandContext
  ) async throws -> ImprovementRecord {
    try await EngineThread.run {
      try ImprovementWork(context: context).improve(request)
    }
  }
}
