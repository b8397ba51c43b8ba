public import HoneCommands
import HoneConfiguration
public import HoneRecords

extension LibtorchEngine {
  /// The six steps of the recipe, those that have not been taken.
  /// - Throws: what space, data, configuration, disk or libtorch refuse, as errors that explain
  ///   themselves.
  public func recipe(
    _ request: RecipeRequest, in context: CommandContext
  ) async throws -> RecipeRecord {
    try await EngineThread.run {
      guard request.plan.fineEpochs > request.plan.coarseEpochs else {
        throw RecipeFailure.notLonger(
          coarse: request.plan.coarseEpochs, fine: request.plan.fineEpochs)
      }
      VerbSetting(context).prepareTorch(request.configuration.training)
      return try RecipeWork(context, self, request).run()
    }
  }
}
