/// What a run is held against: both in the run's metric, nil where nobody said.
public struct Aims: Sendable, Equatable {
  /// The value that the metric has to reach.
  public var target: Double?
  /// What people reach on the same task.
  public var human: Double?

  /// Aims; by default none, so that the ceiling is estimated from the data.
  public init(target: Double? = nil, human: Double? = nil) {
    self.target = target
    self.human = human
  }
}
