public import HoneCommands
import HoneConfiguration
public import HoneRecords

extension LibtorchEngine {
  /// `improve` on the bundled digits.
  /// - Throws: what disk or libtorch refuse, as errors that explain themselves.
  public func demo(
    _ request: DemoRequest, in context: CommandContext
  ) async throws -> ImprovementRecord {
    let improvement = ImproveRequest(
      data: "digits", configuration: .demo, budgetSeconds: Configuration.demoBudget, seeds: 5,
      report: request.report)
    return try await improve(improvement, in: context)
  }
}
