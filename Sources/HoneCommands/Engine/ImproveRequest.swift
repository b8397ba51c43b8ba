public import HoneConfiguration

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
  /// A ready model with its file of weights, to be tried on images.
  public var backbone: Backbone?
  /// The interrupted improvement to go on with, by its id or as `last`; everything else is then as it
  /// was asked for.
  public var resume: String?

  /// A ready model and the file of its weights.
  public struct Backbone: Sendable, Equatable {
    /// The ready model's name.
    public var model: String
    /// The file's absolute path.
    public var file: String
  }

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
