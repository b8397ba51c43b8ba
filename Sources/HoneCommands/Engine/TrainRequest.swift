public import HoneConfiguration

/// What `hone train` was asked to do.
public struct TrainRequest: Sendable, Equatable {
  /// The data as the user named them; nil where only `resume` says.
  public var data: String?
  /// The resolved configuration: file, flags and `--set` together.
  ///
  /// Its `data.source` is `data`.
  public var configuration: Configuration
  /// The run to continue, as the user named it.
  public var resume: String?
  /// What may have changed since the run to continue began.
  public var allowedChanges: Set<ResumeChange> = []
  /// The name for the run.
  public var name: String?
  /// Labels for the run.
  public var tags: [String]
  /// The cross-validation that the run is part of.
  public var parent: String?
  /// This process's place among those that train the run together; nil where it trains alone.
  public var place: ProcessPlace?

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
