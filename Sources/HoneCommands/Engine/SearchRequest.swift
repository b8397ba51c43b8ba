public import HoneConfiguration
public import HoneRecords
public import HoneSearch

/// What `hone search` was asked to do.
public struct SearchRequest: Sendable, Equatable {
  /// The data as the user named them.
  public var data: String
  /// The configuration that trials change.
  public var configuration: Configuration
  /// What is searched; nil for the named parameters with their usual ranges.
  public var space: SearchSpace?
  /// The parameters that are searched in their usual ranges.
  public var tuned: [TunedParameter]
  /// How suggestions are made.
  public var sampler: SamplerName
  /// How trials are ended early.
  public var pruner: PrunerName
  /// What a trial is judged by.
  public var objective: Objective
  /// How many trials the study has in all; nil for no limit.
  public var trials: Int?
  /// Wall-clock seconds to spend; nil for no limit.
  public var budgetSeconds: Double?
  /// The study's name; a new one where nil.
  public var study: String?
  /// What else bounds the study: epochs of all trials, a value that is good enough, trials without a
  /// new best.
  public var bounds = StudyBudget()
  /// How long a trial may take at a stretch; nil for no limit.
  public var trialSeconds: Double?
  /// Trials that are suggested without knowing of each other, so that any number of workers up to it
  /// gives the same study; nil for suggestions that use all that is known.
  public var batch: Int?
  /// How many trials of one make-up are trained as one computation.
  public var stack = StackChoice.off
  /// Whether the study is made or opened, and no trial is run.
  public var onlyOpens = false
  /// Points that a new study tries first.
  public var points: [[String: HyperparameterValue]] = []

  /// What a trial is judged by, on the validation split.
  public enum Objective: String, Sendable, CaseIterable {
    /// The loss of the best epoch.
    case loss
    /// The run's metric of the best epoch.
    case metric
  }

  /// A request.
  public init(
    data: String, configuration: Configuration, space: SearchSpace? = nil,
    tuned: [TunedParameter] = [], sampler: SamplerName = .auto, pruner: PrunerName = .none,
    objective: Objective = .loss, trials: Int? = nil, budgetSeconds: Double? = nil,
    study: String? = nil
  ) {
    self.data = data
    self.configuration = configuration
    self.space = space
    self.tuned = tuned
    self.sampler = sampler
    self.pruner = pruner
    self.objective = objective
    self.trials = trials
    self.budgetSeconds = budgetSeconds
    self.study = study
  }
}

/// A worker for a study that is there.
public struct JoinRequest: Sendable, Equatable {
  /// The study's name.
  public var study: String
  /// The data as they are called here; nil where they are called as they were when the study began.
  public var data: String?
  /// The threads of one operation; those that the model asks for where nil.
  public var threads: Int?

  /// A request.
  public init(study: String, data: String? = nil, threads: Int? = nil) {
    self.study = study
    self.data = data
    self.threads = threads
  }
}

/// What became of a study in one call.
public struct SearchReport: Sendable, Equatable {
  /// The whole study.
  public var study: StudyRecord
  /// Trials that ended in this call.
  public var ended: Int
  /// What the call took.
  public var seconds: Double

  /// A report.
  public init(study: StudyRecord, ended: Int, seconds: Double) {
    self.study = study
    self.ended = ended
    self.seconds = seconds
  }
}
