/// The words on figures of a study, in the reader's language.
public struct StudyLabels: Sendable, Equatable {
  /// Trials by number.
  public var trial = "Trial"
  /// One trial's value.
  public var value = "value"
  /// The best value up to a trial.
  public var bestSoFar = "best so far"
  /// The best trial.
  public var best = "best trial"
  /// The best tenth of the trials.
  public var bestTenth = "best tenth"
  /// All other trials.
  public var others = "other trials"
  /// Trials by state: completed, pruned, failed, and those that have not ended.
  public var states = ["completed", "pruned", "failed", "unfinished"]
  /// The trials that no other is better than in everything.
  public var front = "Pareto front"
  /// What a report's step counts.
  public var step = "Step"
  /// Time since the study's first trial.
  public var seconds = "Seconds since the first trial"
  /// A parameter's share of what happened.
  public var share = "Share of the importance"

  /// English words.
  public init() {}
}
