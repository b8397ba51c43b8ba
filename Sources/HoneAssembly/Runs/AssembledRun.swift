public import Foundation
public import HoneConfiguration
public import HoneData
import HoneMetrics
import HoneNN
import HoneNumerics
public import HoneRecords
import HoneTensor
import HoneText
public import HoneTrain

/// A configuration and its data made live: model, optimiser, loaders and policies, ready to train.
///
/// ```swift
/// let data = try configuration.openData(home: nil)
/// let split = try configuration.split(data, seed: 0)
/// let run = try AssembledRun(configuration, data: data, split: split)
/// let outcome = try Trainer(run.plan, record: run.record, policies: run.policies).train()
/// ```
public struct AssembledRun {
  /// What to train with.
  public internal(set) var plan: TrainingPlan
  /// What decides when to stop and how the rate falls.
  public let policies: [any TrainingPolicy]
  /// What turns samples into inputs.
  public let preprocessor: Preprocessor
  /// The run as it is known before the first step.
  public var record: RunRecord
  /// The test samples, in order; nil where there are none.
  public let test: DataLoader?
  /// The threads of one operation, were it not for `training.deterministic`.
  public let usualThreads: Int
  let configuration: Configuration

  /// Samples of the training split that are evaluated after each epoch, at most: enough for a
  /// standard error of a percent, few enough to cost little.
  private static let trainEvaluationSamples = 2_000

  /// Assembles a run.
  /// - Parameters:
  ///   - configuration: what to train and how.
  ///   - data: the data.
  ///   - split: which samples are trained on, validated on, tested on.
  ///   - seed: the seed of initial weights, order, augmentation and dropout; the configuration's
  ///     where nil.
  ///   - identity: the run's id, name and surroundings.
  /// - Throws: `ConfigurationError` where data and configuration do not fit together, `DataError`.
  public init(
    _ configuration: Configuration, data: Dataset, split: Split, seed: UInt64? = nil,
    identity: RunIdentity = RunIdentity()
  ) throws {
    let seed = seed ?? configuration.training.seed
    var configuration = try Self.resolvingBatchSize(
      configuration, data: data, split: split, seed: seed)
    let device = try configuration.liveDevice()
    var preprocessor = try Preprocessor.fit(
      data, indices: split.train, normalization: configuration.liveNormalization,
      categories: configuration.model.architecture.categories,
      text: configuration.textOptions(for: data), table: configuration.liveTable,
      standardizesTargets: configuration.standardizesTargets,
      onError: configuration.failurePolicy(training: false))
    try configuration.fitWhitening(into: &preprocessor, data, indices: split.train)
    try configuration.checkTargets(data.targets)
    let wordVectors = try WordVectorAssembler(configuration, tokenizer: preprocessor.tokenizer)
    if let wordVectors {
      configuration.model.architecture = wordVectors.fitted(configuration.model.architecture)
    }
    let outputs = configuration.modelOutputs(task: data.task, classes: data.classes.count)
    let assembler = ModelAssembler(
      configuration: configuration, inputShape: preprocessor.outputShape, outputs: outputs,
      device: device, cardinalities: preprocessor.cardinalities,
      vocabulary: preprocessor.tokenizer?.vocabulary.count)
    var resolved = configuration
    resolved.model.architecture = assembler.architecture
    var stream = RandomStream(seed: seed, "initial weights")
    let model = try assembler.model(using: &stream)
    try assembler.initialize(model, using: &stream)
    try configuration.arrange(model)
    let pretrained = try configuration.prepareTransfer(of: model)
    let vectorRecord = try wordVectors?.write(
      into: model, counts: preprocessor.tokenCounts(of: data, indices: split.train), seed: seed)
    let loss = try configuration.liveLoss(
      task: data.task, counts: data.classCounts(of: split.train))

    let loaders = try Loaders(
      configuration, data: data, split: split, preprocessor: preprocessor, seed: seed,
      trainEvaluationSamples: Self.trainEvaluationSamples)
    try configuration.startFromData(
      model, training: loaders.training, counts: data.classCounts(of: split.train), seed: seed)
    try configuration.checkProbabilities(of: model, loss, training: loaders.training)
    var plan = TrainingPlan(
      model: model, loss: loss, optimizer: try configuration.liveOptimizer(for: model),
      training: loaders.training, validation: loaders.validation,
      metric: try configuration.liveMetric(for: data.task), epochs: configuration.training.epochs,
      seed: seed)
    try configuration.complete(&plan, device: device)
    try configuration.checkSecondOrder(plan, outputs: outputs)
    if data.input != .text {
      try configuration.checkBatchSize(plan, inputShape: preprocessor.outputShape)
    }
    plan.trainEvaluation = loaders.trainEvaluation
    usualThreads =
      configuration.training.threads
      ?? ThreadChoice.threads(
        for: model, inputShape: preprocessor.outputShape,
        batchSize: configuration.data.batchSize.count(of: split.train.count))
    // One thread adds up in the same order on every machine, whatever number was asked for.
    plan.threads = configuration.training.deterministic ? 1 : usualThreads
    plan.unfreezing = configuration.unfreezing(of: model)
    self.plan = plan
    self.configuration = configuration
    self.preprocessor = preprocessor
    policies = configuration.livePolicies(monitor: plan.monitor)
    test = loaders.test
    record = RunRecord(
      id: identity.id, name: identity.name ?? resolved.defaultRunName, created: identity.created,
      seed: seed, device: device.description,
      precision: plan.precision.precisionName, threads: plan.threads,
      parameters: model.parameterCount, configuration: resolved.canonicalJSON,
      dataSource: data.source, dataFingerprint: data.fingerprint,
      task: TaskRecord(data, split: split, inputShape: preprocessor.outputShape),
      metric: plan.metric.rawValue, metricIsBetterWhenLarger: plan.metric.isBetterWhenLarger,
      command: identity.command, environment: identity.environment ?? .current)
    record.tags = identity.tags
    record.parent = identity.parent
    record.pretrained = pretrained
    record.wordVectors = vectorRecord
    // What is frozen at first is trained later and counted above.
    plan.unfreezing?.apply(inEpoch: 1)
  }
}

/// What a run is called and where it comes from.
public struct RunIdentity: Sendable {
  /// The run's id.
  public var id: RunRecord.ID
  /// The user's name for the run; one is made from model and data where nil.
  public var name: String?
  /// When the run began.
  public var created: Date
  /// Labels.
  public var tags: [String] = []
  /// The run or improvement that this run is part of.
  public var parent: String?
  /// The command line.
  public var command: [String] = []
  /// The machine and versions; those of this process where nil.
  public var environment: EnvironmentRecord?

  /// An identity with a new id.
  public init(created: Date = Date(), name: String? = nil) {
    var stream = RandomStream(seed: UInt64.random(in: 0...UInt64.max), "run id")
    id = RunIdentifier.make(created, using: &stream)
    self.created = created
    self.name = name
  }
}
