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
