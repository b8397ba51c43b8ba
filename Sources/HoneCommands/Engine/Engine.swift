public import HoneRecords

/// What the tensor verbs need done.
///
/// `hone-engine` brings an implementation; the front command has
/// none and hands such verbs on to `hone-engine`.
///
/// Implementations return records and let the command print them. While they work they may say
/// things through the context (`context.say`, `ProgressRenderer`), never directly.
public protocol Engine: Sendable {
  /// One run: split, preprocess, build, train, validate, test, record. Divergence, interruption and
  /// early stops are statuses of the record, not errors.
  func train(_ request: TrainRequest, in context: CommandContext) async throws -> RunRecord
  /// What that run would be, without training or storing anything.
  func plan(_ request: TrainRequest, in context: CommandContext) async throws -> PlanRecord
  /// Baseline, diagnosis, remedies as paired experiments, final run, report.
  func improve(
    _ request: ImproveRequest, in context: CommandContext
  ) async throws -> ImprovementRecord
  /// Trials of a study, one after another, each a run in the store.
  func search(_ request: SearchRequest, in context: CommandContext) async throws -> SearchReport
  /// Trials of a study that others work on too.
  func join(_ request: JoinRequest, in context: CommandContext) async throws -> SearchReport
  /// The six steps of the recipe, those that have not been taken.
  func recipe(_ request: RecipeRequest, in context: CommandContext) async throws -> RecipeRecord
  /// `improve` on the bundled digits.
  func demo(_ request: DemoRequest, in context: CommandContext) async throws -> ImprovementRecord
  /// A run's model on one split or on other data.
  func evaluate(
    _ request: EvaluateRequest, in context: CommandContext
  ) async throws -> EvaluationReport
  /// A run's model on single inputs; each answer is delivered as soon as it is there.
  func predict(
    _ request: PredictRequest, in context: CommandContext,
    deliver: @Sendable (Prediction) throws -> Void
  ) async throws
  /// What a model makes of samples, in a file.
  func features(
    _ request: FeaturesRequest, in context: CommandContext
  ) async throws -> FeaturesReport
  /// A contact sheet of what augmentation does, in a file.
  func augment(_ request: AugmentRequest, in context: CommandContext) async throws -> AugmentReport
  /// Data inspection and the first steps of the recipe.
  func check(_ request: CheckRequest, in context: CommandContext) async throws -> CheckReport
  /// A learning-rate range test without side effects.
  func findLearningRate(
    _ request: LearningRateFindRequest, in context: CommandContext
  ) async throws -> RangeTestRecord
  /// The first steps of a run once more, compared with what it recorded; stores nothing.
  func verify(_ request: VerifyRequest, in context: CommandContext) async throws
    -> VerificationReport
}
