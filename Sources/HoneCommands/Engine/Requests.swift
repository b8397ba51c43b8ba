public import HoneConfiguration

/// What `hone train` was asked to do.
public struct TrainRequest: Sendable, Equatable {
  /// The data as the user named them; nil where only `resume` says.
  public var data: String?
  /// The resolved configuration: file, flags and `--set` together. `data.source` is `data`.
  public var configuration: Configuration
  /// The run to continue, as the user named it.
  public var resume: String?
  /// The name for the run.
  public var name: String?
  /// Labels for the run.
  public var tags: [String]

  /// A request.
  public init(
    data: String?, configuration: Configuration, resume: String? = nil, name: String? = nil,
    tags: [String] = []
  ) {
    self.data = data
    self.configuration = configuration
    self.resume = resume
    self.name = name
    self.tags = tags
  }
}

/// What `hone improve` was asked to do.
public struct ImproveRequest: Sendable, Equatable {
  /// The data as the user named them.
  public var data: String
  /// The configuration to improve on.
  public var configuration: Configuration
  /// Wall-clock seconds to spend.
  public var budgetSeconds: Double
  /// Paired seeds per experiment.
  public var seeds: Int
  /// The metric's value at which to stop.
  public var goal: MetricGoal?
  /// Where the report goes; nil leaves the choice to the engine.
  public var report: String?

  /// A request.
  public init(
    data: String, configuration: Configuration, budgetSeconds: Double, seeds: Int,
    goal: MetricGoal? = nil, report: String? = nil
  ) {
    self.data = data
    self.configuration = configuration
    self.budgetSeconds = budgetSeconds
    self.seeds = seeds
    self.goal = goal
    self.report = report
  }
}

/// What `hone demo` was asked to do.
public struct DemoRequest: Sendable, Equatable {
  /// Where the report goes; nil leaves the choice to the engine.
  public var report: String?

  /// A request.
  public init(report: String? = nil) {
    self.report = report
  }
}

/// What `hone evaluate` was asked to do.
public struct EvaluateRequest: Sendable, Equatable {
  /// The run as the user named it.
  public var run: String
  /// Which part of the data.
  public var split: Split
  /// Other data than the run's own.
  public var data: String?

  /// A part of the data.
  public enum Split: String, Sendable, CaseIterable { case train, validation, test }

  /// A request.
  public init(run: String, split: Split = .test, data: String? = nil) {
    self.run = run
    self.split = split
    self.data = data
  }
}

/// What `hone predict` was asked to do.
public struct PredictRequest: Sendable, Equatable {
  /// The run as the user named it.
  public var run: String
  /// Files or folders to predict.
  public var inputs: [String]
  /// How many classes to tell, most probable first.
  public var top: Int

  /// A request.
  public init(run: String, inputs: [String], top: Int) {
    self.run = run
    self.inputs = inputs
    self.top = top
  }
}

/// What `hone check` was asked to do.
public struct CheckRequest: Sendable, Equatable {
  /// The data as the user named them.
  public var data: String
  /// The configuration to check with.
  public var configuration: Configuration

  /// A request.
  public init(data: String, configuration: Configuration) {
    self.data = data
    self.configuration = configuration
  }
}

/// What `hone lr-find` was asked to do.
public struct LearningRateFindRequest: Sendable, Equatable {
  /// The data as the user named them.
  public var data: String
  /// The configuration whose learning rate is sought.
  public var configuration: Configuration

  /// A request.
  public init(data: String, configuration: Configuration) {
    self.data = data
    self.configuration = configuration
  }
}
