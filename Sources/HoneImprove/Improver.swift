import Foundation
public import HoneAssembly
public import HoneConfiguration
public import HoneData
import HoneDiagnosis
import HoneMetrics
import HoneNumerics
import HoneRecords
import HoneText
import HoneTrain

/// Improves a configuration by experiments: trains it, diagnoses it, tries remedies one at a time
/// against the unchanged configuration with paired seeds, keeps what is proven, trains the winner and
/// judges both on the untouched test split.
///
/// A remedy's control is the best configuration so far, trained with the same seeds on the same
/// samples and judged on samples that neither used. A kept remedy's runs are the next one's control.
public struct Improver {
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
  ///   - stopRequested: asked between runs whether to give up.
  /// - Throws: `DataError` where the data cannot be divided.
  public init(
    _ configuration: Configuration, data: Dataset, options: ImprovementOptions,
    identity: RunIdentity = RunIdentity(),
    observe: @escaping (ImprovementEvent) throws -> Void = { _ in },
    stopRequested: @escaping () -> Bool = { false }
  ) throws {
    self.configuration = configuration
    self.data = data
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
    try observe(.baselineBegan)
    let baseline = try train(configuration, name: "baseline", rangeTest: true) {
      try observe(.baseline($0))
    }
    guard baseline.evidence.run.status != .failed else {
      throw ImprovementError.baselineFailed(baseline.evidence.run.outcome ?? "")
    }
    let diagnosis = Diagnostician().diagnose(baseline.evidence)
    let resolved = try Configuration(text: baseline.evidence.run.configuration)
    let ladder = RemedyLadder(diagnosis, run: baseline.evidence.run, configuration: resolved)
    try observe(.diagnosed(diagnosis, remedies: ladder.rungs.map(\.remedy)))

    var search = try ExperimentSearch(
      improver: self, base: resolved, ladder: ladder, baseline: baseline.evidence,
      started: start)
    try search.run()
    let final: TrainedModel
    if search.base == resolved {
      final = baseline
    } else {
      try observe(.finalBegan)
      final = try train(search.base, name: "improved", rangeTest: false) {
        try observe(.final($0))
      }
    }
    var record = ImprovementRecord(
      id: identity.id, created: identity.created, dataSource: data.source,
      metric: baseline.evidence.run.metric,
      metricIsBetterWhenLarger: baseline.evidence.run.metricIsBetterWhenLarger,
      baseline: baseline.evidence.run, final: final.evidence.run,
      testGain: testGain(baseline, final), diagnosis: diagnosis, experiments: search.records,
      budgetSeconds: options.budgetSeconds, spentSeconds: 0, command: identity.command)
    record.spentSeconds = start.duration(to: .now) / .seconds(1)
    return Improvement(record: record, baseline: baseline, final: final)
  }

  /// Trains a configuration on the real split and evaluates the kept weights on the test split.
  private func train(
    _ configuration: Configuration, name: String, rangeTest: Bool,
    observe: @escaping (TrainingEvent) throws -> Void
  ) throws -> TrainedModel {
    var identity = RunIdentity(name: name)
    identity.parent = self.identity.id
    identity.command = self.identity.command
    var run = try AssembledRun(configuration, data: data, split: split, identity: identity)
    if rangeTest {
      run.record.preflight = try measurePreflight(run.plan)
      run.record.preflight?.rangeTest = try RangeTest().run(run.plan)
    }
    let history = HistoryObserver()
    let outcome = try Trainer(
      run.plan, record: run.record, policies: run.policies,
      observers: [history, ClosureObserver(observe)], stopRequested: stopRequested
    ).train()
    if outcome.record.status == .interrupted {
      throw ImprovementError.interrupted(experiments: 0)
    }
    var record = outcome.record
    var testResult: EvaluationResult?
    if let test = run.test {
      let evaluator = Evaluator(
        loss: run.plan.loss, device: run.plan.device, precision: run.plan.precision,
        memoryFormat: run.plan.memoryFormat)
      let result = try evaluator.evaluate(run.plan.model, on: test)
      record.test = result.record(
        split: "test", metric: run.plan.metric, epoch: record.best?.epoch, seed: run.plan.seed)
      testResult = result
    }
    return TrainedModel(
      evidence: RunEvidence(run: record, epochs: outcome.history, steps: history.steps),
      state: outcome.kept, preprocessor: run.preprocessor, test: testResult)
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
