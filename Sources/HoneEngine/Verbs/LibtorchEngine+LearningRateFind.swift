import HoneAssembly
public import HoneCommands
import HoneConfiguration
public import HoneRecords
import HoneTensor
import HoneText
import HoneTrain

extension LibtorchEngine {
  /// A learning-rate range test that leaves nothing behind.
  /// - Throws: what data, configuration or libtorch refuse, as errors that explain themselves.
  public func findLearningRate(
    _ request: LearningRateFindRequest, in context: CommandContext
  ) async throws -> RangeTestRecord {
    try await EngineThread.run {
      var configuration = request.configuration
      configuration.data.source = request.data
      let plan = try assemble(configuration, VerbSetting(context)).plan
      Torch.threads = plan.threads
      let test = RangeTest()
      context.say(
        Localized(
          "Trying \(test.steps) learning rates, \(test.seeds) times each.",
          korean: "학습률 \(test.steps)개를 \(test.seeds)번씩 시험합니다."))
      do {
        return try test.run(plan) { context.interruption.isRequested }
      } catch is CancellationError {
        throw EngineError.interrupted(isTermination: context.interruption.isTermination)
      }
    }
  }
}
