public import Foundation

/// How a run stands.
public enum RunStatus: String, Sendable, Codable, CaseIterable {
  case running, completed, stoppedEarly, diverged, interrupted, failed
}

/// Everything about one training run but its series and events.
public struct RunRecord: Sendable, Codable, Equatable, Identifiable {
  /// A short unique name that sorts by time: `20261121-084512-k3f9`.
  public var id: String
  /// The user's name for the run, or one made from the model and data.
  public var name: String
  /// How the run stands.
  public var status: RunStatus
  /// When the run began.
  public var created: Date
  /// The run's seed, from which all its randomness flows.
  public var seed: UInt64
  /// `cpu` or `cuda:0`.
  public var device: String
  /// `fp32` or `bf16`.
  public var precision: String
  /// Intra-op threads; part of the run's identity, because sums depend on it.
  public var threads: Int
  /// The processes that trained it together, each with its own threads; nil for one.
  public var processes: Int?
  /// The number of trainable scalars.
  public var parameters: Int
  /// The resolved configuration, as canonical JSON.
  public var configuration: String
  /// The data as the user named it.
  public var dataSource: String
  /// A hash of the data, to notice when it changed.
  public var dataFingerprint: String
  /// What the model is asked to do.
  public var task: TaskRecord
  /// The name of the metric: `accuracy`, `rootMeanSquaredError`, ….
  public var metric: String
  /// Whether a larger metric is better.
  public var metricIsBetterWhenLarger: Bool
  /// The file of weights that the model began with; nil where it began with random ones.
  public var pretrained: PretrainedRecord?
  /// The word vectors that the model began with; nil where it began with random ones.
  public var wordVectors: WordVectorRecord?
  /// Epochs completed.
  public var epochs: Int
  /// The epoch whose weights were kept.
  public var best: EpochRecord?
  /// The last epoch.
  public var final: EpochRecord?
  /// The test split's result with the kept weights; nil until evaluated.
  public var test: EvaluationRecord?
  /// What was measured before the first step; nil where nothing was.
  public var preflight: PreflightRecord?
  /// The exact zeros among the kept weights; nil where no L1 penalty asked for any.
  public var sparsity: SparsityRecord?
  /// What each layer did in a few steps, spread over the run; nil for older runs.
  public var layerSamples: [LayerSample]?
  /// How single training samples were learned; nil where no part of the training split was evaluated, in
  /// three epochs at least.
  public var dynamics: TrainingDynamicsRecord?
  /// What was measured of the finished run on demand; nil where nothing was.
  public var probes: ProbeRecord?
  /// What the diagnosis found, most important first.
  public var findings: [Finding]
  /// Wall-clock seconds of training.
  public var seconds: Double
  /// Training samples per second, data loading included.
  public var samplesPerSecond: Double
  /// The checkpoint with the kept weights, relative to the store's folder.
  public var checkpoint: String?
  /// The user's tags.
  public var tags: [String]
  /// The user's note.
  public var note: String
  /// The run or improvement that this run is part of.
  public var parent: String?
  /// The command line that made the run.
  public var command: [String]
  /// The versions and the machine that the run was made with.
  public var environment: EnvironmentRecord
  /// One sentence why the run ended, for runs that did not complete.
  public var outcome: String?
  /// ``outcome`` in Korean; nil where it was written in English alone.
  public var outcomeInKorean: String?
  /// What keeping checkpoints has cost; nil where none were kept.
  public var checkpoints: CheckpointCost?
  /// What was no longer as the run had it when it was resumed, where the user allowed that; nil for a
  /// run that is what its configuration, data and environment say.
  public var changes: [String]?

  /// A run that begins: no epochs, no results, no findings yet.
  public init(
    id: String, name: String, status: RunStatus = .running, created: Date, seed: UInt64,
    device: String, precision: String, threads: Int, parameters: Int, configuration: String,
    dataSource: String, dataFingerprint: String, task: TaskRecord, metric: String,
    metricIsBetterWhenLarger: Bool, command: [String], environment: EnvironmentRecord
  ) {
    self.id = id
    self.name = name
    self.status = status
    self.created = created
    self.seed = seed
    self.device = device
    self.precision = precision
    self.threads = threads
    self.parameters = parameters
    self.configuration = configuration
    self.dataSource = dataSource
    self.dataFingerprint = dataFingerprint
    self.task = task
    self.metric = metric
    self.metricIsBetterWhenLarger = metricIsBetterWhenLarger
    self.command = command
    self.environment = environment
    epochs = 0
    findings = []
    seconds = 0
    samplesPerSecond = 0
    tags = []
    note = ""
  }
}
