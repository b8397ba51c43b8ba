import Foundation
public import HoneAssembly
public import HoneConfiguration
public import HoneData
import HoneDiagnosis
import HoneMetrics
import HoneNumerics
import HoneRecords
import HoneTrain

/// Improves a configuration by experiments: trains it, diagnoses it, races remedies, proves the best
/// against the unchanged configuration with paired seeds, trains the winner and judges both on the
/// untouched test split.
///
/// ```swift
/// let improver = try Improver(
///   configuration, data: data, options: ImprovementOptions(budgetSeconds: 900))
/// let improvement = try improver.run()
/// ```
public struct Improver {
  /// The share of the budget that the baseline may take, and the final model.
  private static let shareOfARun = 0.3
  /// The share of the budget that the learning-rate range test may take.
  private static let shareOfRangeTest = 0.03

  let configuration: Configuration
  let data: Dataset
  let split: Split
  let options: ImprovementOptions
  let identity: RunIdentity
  let observe: (ImprovementEvent) throws -> Void
  let stopRequested: () -> Bool

  /// An improver.
  /// - Parameters:
  ///   - configuration: what to improve.
  ///   - data: the data.
  ///   - options: time, seeds and certainty.
  ///   - identity: the improvement's id and the command line.
  ///   - observe: told of every event, on the calling thread.
  ///   - stopRequested: asked after each step whether to give up.
  /// - Throws: `DataError` where the data cannot be divided.
  public init(
    _ configuration: Configuration, data: Dataset, options: ImprovementOptions,
    identity: RunIdentity = RunIdentity(),
    observe: @escaping (ImprovementEvent) throws -> Void = { _ in },
    stopRequested: @escaping () -> Bool = { false }
  ) throws {
    self.configuration = configuration
    self.data = data
    var options = options
    options.seed = configuration.training.seed
    self.options = options
    self.identity = identity
    self.observe = observe
    self.stopRequested = stopRequested
    try configuration.checkMetricIsPaired()
    split = try configuration.split(data, seed: configuration.training.seed)
  }

  /// Improves.
  /// - Throws: `ImprovementError`; `ConfigurationError` and `DataError` where the baseline cannot be
  ///   assembled; what `observe` throws.
  public func run() throws -> Improvement {
    let start = ContinuousClock.now
    let memory = try ImprovementMemory(self, started: start)
    let baseline = try memory.baseline() ?? makeBaseline(memory)
    guard baseline.evidence.run.status != .failed else {
      throw ImprovementError.baselineFailed(baseline.evidence.run.outcome ?? "")
    }
    let subject = try subject(of: baseline)
    let clock = BudgetClock(
      started: start, budget: options.budgetSeconds, before: memory.ledger.secondsBefore)
    let series = try ExperimentSeries(
      subject, baseline: baseline.evidence,
      diagnosis: Diagnostician().diagnose(baseline.evidence), options: options,
      ledger: memory.ledger, started: start,
      finalSeconds: finalSeconds(after: baseline, left: clock.left), observe: observe)
    var outcome = try series.run()
    var final = baseline
    if !outcome.change.isEmpty {
      try observe(.finalBegan)
      let deadline = ArmDeadline(seconds: clock.left - Self.reportSeconds)
      final = try train(
        try subject.base.applying(outcome.change), name: "improved", rangeTest: false,
        deadline: deadline
      ) { try observe(.final($0)) }
      if deadline.wasReached, isWorse(final, than: baseline) {
        try observe(.finalAbandoned)
        final = baseline
        outcome.kept = []
      }
    }
    return Improvement(
      record: record(outcome, baseline, final, spent: clock.spent), baseline: baseline, final: final
    )
  }

  /// Whether the kept weights of one run are worse on validation than those of another.
  private func isWorse(_ model: TrainedModel, than other: TrainedModel) -> Bool {
    guard let ours = model.evidence.run.best?.validationMetric,
      let theirs = other.evidence.run.best?.validationMetric
    else { return true }
    return model.evidence.run.metricIsBetterWhenLarger ? ours < theirs : ours > theirs
  }

  /// Seconds that are left for writing files.
  private static let reportSeconds = 0.5

  private func makeBaseline(_ memory: ImprovementMemory) throws -> TrainedModel {
    try observe(.baselineBegan)
    let baseline = try train(
      configuration, name: "baseline", rangeTest: true,
      deadline: ArmDeadline(seconds: Self.shareOfARun * options.budgetSeconds)
    ) { try observe(.baseline($0)) }
    try memory.keep(baseline)
    return baseline
  }

  /// The baseline's configuration as what experiments are made on, no longer than it was trained.
  private func subject(of baseline: TrainedModel) throws -> ConfigurationSubject {
    let run = baseline.evidence.run
    var resolved = try Configuration(text: run.configuration)
    let reached = baseline.evidence.epochs.count
    if run.status == .stoppedEarly, resolved.training.earlyStopping == nil, reached > 0,
      reached < resolved.training.epochs
    {
      try observe(.baselineCut(epochs: reached, of: resolved.training.epochs))
      resolved.training.epochs = reached
    }
    return ConfigurationSubject(
      base: resolved, data: data, pool: (split.train + split.validation).sorted(),
      metric: MetricName(rawValue: run.metric) ?? .accuracy, preflight: run.preflight,
      stopRequested: stopRequested)
  }

  /// What the final model may take: as long as two baselines, where the budget has that.
  private func finalSeconds(after baseline: TrainedModel, left: Double) -> Double {
    min(2.2 * baseline.evidence.run.seconds, 0.4 * max(left, 0)) + Self.reportSeconds
  }

  /// Trains a configuration on the real split and evaluates the kept weights on the test split.
  private func train(
    _ configuration: Configuration, name: String, rangeTest: Bool, deadline: ArmDeadline,
    observe: @escaping (TrainingEvent) throws -> Void
  ) throws -> TrainedModel {
    var identity = RunIdentity(name: name)
    identity.parent = self.identity.id
    identity.command = self.identity.command
    var run = try AssembledRun(configuration, data: data, split: split, identity: identity)
    if rangeTest {
      run.record.preflight = try measurePreflight(run.plan)
      var test = RangeTest()
      test.seconds = Self.shareOfRangeTest * options.budgetSeconds
      run.record.preflight?.rangeTest = try test.run(run.plan)
    }
    let history = HistoryObserver()
    let outcome = try Trainer(
      run.plan, record: run.record, policies: run.policies + [deadline],
      observers: [history, ClosureObserver(observe)], stopRequested: stopRequested
    ).train()
    if outcome.record.status == .interrupted {
      throw ImprovementError.interrupted(experiments: 0)
    }
    let evidence = RunEvidence(
      run: outcome.record, epochs: outcome.history, steps: history.steps)
    return try tested(
      TrainedModel(
        evidence: evidence, state: outcome.kept, preprocessor: run.preprocessor, test: nil), run)
  }

  /// A model with its outputs on the test split of the run that it was assembled for.
  func tested(_ model: TrainedModel, _ run: AssembledRun) throws -> TrainedModel {
    guard let test = run.test else { return model }
    var model = model
    let evaluator = Evaluator(
      loss: run.plan.loss, device: run.plan.device, precision: run.plan.precision,
      memoryFormat: run.plan.memoryFormat)
    let result = try evaluator.evaluate(run.plan.model, on: test)
    model.evidence.run.test = result.record(
      split: "test", metric: run.plan.metric, epoch: model.evidence.run.best?.epoch,
      seed: run.plan.seed)
    model.test = result
    return model
  }

  private func record(
    _ outcome: SeriesOutcome, _ baseline: TrainedModel, _ final: TrainedModel, spent: Double
  ) -> ImprovementRecord {
    let run = baseline.evidence.run
    var record = ImprovementRecord(
      id: identity.id, created: identity.created, dataSource: data.source, metric: run.metric,
      metricIsBetterWhenLarger: run.metricIsBetterWhenLarger, baseline: run,
      final: final.evidence.run, testGain: testGain(baseline, final),
      diagnosis: outcome.diagnosis, experiments: outcome.records,
      budgetSeconds: options.budgetSeconds, spentSeconds: spent, command: identity.command)
    record.design = outcome.design
    record.screened = outcome.screened
    record.controls = outcome.controls
    record.ablation = outcome.ablation
    record.kept = outcome.kept
    record.actions = outcome.actions
    return record
  }

  /// The final model's gain over the baseline on the test split, by bootstrap over its samples.
  private func testGain(
    _ baseline: TrainedModel, _ final: TrainedModel
  ) -> ImprovementRecord.Gain? {
    guard let before = baseline.test, let after = final.test,
      let metric = MetricName(rawValue: baseline.evidence.run.metric)
    else { return nil }
    var stream = RandomStream(seed: configuration.training.seed, "test gain")
    func arm(_ result: EvaluationResult) -> Arm {
      Arm(
        scores: [result.scores], samples: [result.indices], metrics: [result.value(of: metric)])
    }
    let comparison = Comparison(
      control: arm(before), changed: arm(after), metric: metric, level: 0.95, using: &stream)
    return .init(delta: comparison.delta, interval: comparison.interval)
  }
}
