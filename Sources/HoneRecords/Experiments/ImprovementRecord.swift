public import Foundation

/// The ledger of one `hone improve`: what was tried, what it gained, what was kept.
public struct ImprovementRecord: Sendable, Codable, Equatable, Identifiable {
  /// A short unique name that sorts by time, as those of runs.
  public var id: String
  /// When the improvement began.
  public var created: Date
  /// The data as the user named it.
  public var dataSource: String
  /// The name of the metric that decides.
  public var metric: String
  /// Whether a larger metric is better.
  public var metricIsBetterWhenLarger: Bool
  /// The run of the unchanged configuration.
  public var baseline: RunRecord
  /// The run of the final configuration; the baseline itself where nothing was proven.
  public var final: RunRecord
  /// The difference final minus baseline on the test split, in the direction of improvement, with
  /// a 95 % interval by paired bootstrap over samples; nil without a test split.
  public var testGain: Gain?
  /// The baseline's diagnosis.
  public var diagnosis: DiagnosisRecord
  /// In the order in which they were tried.
  public var experiments: [ExperimentRecord]
  /// How the experiments were laid out; nil in records made before it was kept.
  public var design: ExperimentDesign?
  /// The remedies that were raced before one was put to the proof, in order of the race.
  public var screened: [ScreeningRecord]?
  /// What the remedies are held against: the same configuration with other seeds, and random search
  /// with as much time.
  public var controls: [ExperimentRecord]?
  /// Each kept change left out of the final configuration, judged as the remedies were.
  public var ablation: [ExperimentRecord]?
  /// The remedies that the final configuration has, in the order in which they were proven; proofs
  /// of others may have succeeded too and been outdone.
  public var kept: [Remedy]?
  /// What only a person can do.
  public var actions: [Remedy]?
  /// The wall-clock seconds that were allowed.
  public var budgetSeconds: Double
  /// The wall-clock seconds that were used.
  public var spentSeconds: Double
  /// The report's path.
  public var report: String?
  /// The command line that made the improvement.
  public var command: [String]

  /// An effect and its interval.
  public struct Gain: Sendable, Codable, Equatable {
    /// The mean difference; above 0 is better.
    public var delta: Double
    /// The lower and upper bound of `delta`.
    public var interval: [Double]

    /// An effect with its lower and upper bound.
    public init(delta: Double, interval: [Double]) {
      self.delta = delta
      self.interval = interval
    }
  }

  /// The ledger as it stands when all experiments are decided; the report is written later.
  public init(
    id: String, created: Date, dataSource: String, metric: String,
    metricIsBetterWhenLarger: Bool, baseline: RunRecord, final: RunRecord, testGain: Gain?,
    diagnosis: DiagnosisRecord, experiments: [ExperimentRecord], budgetSeconds: Double,
    spentSeconds: Double, command: [String]
  ) {
    self.id = id
    self.created = created
    self.dataSource = dataSource
    self.metric = metric
    self.metricIsBetterWhenLarger = metricIsBetterWhenLarger
    self.baseline = baseline
    self.final = final
    self.testGain = testGain
    self.diagnosis = diagnosis
    self.experiments = experiments
    self.budgetSeconds = budgetSeconds
    self.spentSeconds = spentSeconds
    self.command = command
  }
}
