public import HoneRecords
import HoneText

/// The JSON of `hone improve` and `hone demo`.
public struct ImproveOutput: Encodable, Sendable, Equatable {
  let improvement: String
  let metric: String
  let baseline: TrainOutput
  let final: TrainOutput
  @OrNull var testGain: Gain?
  let experiments: [Experiment]
  let kept: [String]
  let screened: [ScreeningRecord]
  let controls: [Experiment]
  let ablation: [Experiment]
  let actions: [Action]
  @OrNull var design: ExperimentDesign?
  let budgetSeconds: Double
  let spentSeconds: Double
  @OrNull var report: String?

  /// The JSON of an improvement.
  public init(_ record: ImprovementRecord) {
    improvement = record.id
    metric = record.metric
    baseline = TrainOutput(record.baseline)
    final = TrainOutput(record.final)
    _testGain = OrNull(wrappedValue: record.testGain.map(Gain.init))
    experiments = record.experiments.map(Experiment.init)
    kept = (record.kept ?? []).map(\.id)
    screened = record.screened ?? []
    controls = (record.controls ?? []).map(Experiment.init)
    ablation = (record.ablation ?? []).map(Experiment.init)
    actions = (record.actions ?? []).map { Action(id: $0.id, text: $0.rationale.english) }
    _design = OrNull(wrappedValue: record.design)
    budgetSeconds = record.budgetSeconds
    spentSeconds = record.spentSeconds
    _report = OrNull(wrappedValue: record.report)
  }

  /// What only a person can do.
  public struct Action: Encodable, Sendable, Equatable {
    let id: String
    let text: String
  }

  /// An effect and its interval.
  public struct Gain: Encodable, Sendable, Equatable {
    @OrNull var delta: Double?
    @OrNull var interval: [Double]?

    init(_ gain: ImprovementRecord.Gain) {
      _delta = OrNull(wrappedValue: gain.delta)
      _interval = OrNull(wrappedValue: finiteOrNil(gain.interval))
    }
  }

  /// One remedy tried.
  public struct Experiment: Encodable, Sendable, Equatable {
    let remedy: String
    @OrNull var finding: FindingName?
    let change: [String: ConfigurationValue]
    @OrNull var baselineMetric: Double?
    @OrNull var metric: Double?
    @OrNull var delta: Double?
    @OrNull var interval: [Double]?
    let level: Double
    let seeds: Int
    let decision: ExperimentRecord.Decision
    let seconds: Double
    @OrNull var trials: Int?

    init(_ record: ExperimentRecord) {
      remedy = record.remedy
      _finding = OrNull(wrappedValue: record.finding)
      change = record.change
      _baselineMetric = OrNull(wrappedValue: record.baselineMetric)
      _metric = OrNull(wrappedValue: record.metric)
      _delta = OrNull(wrappedValue: record.delta)
      _interval = OrNull(wrappedValue: finiteOrNil(record.interval))
      level = record.level
      seeds = record.seeds
      decision = record.decision
      seconds = record.seconds
      _trials = OrNull(wrappedValue: record.trials)
    }
  }
}
