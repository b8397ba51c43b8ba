/// What of a finished run is to be measured beyond its records.
public struct ProbeRequest: Sendable, Equatable {
  /// The run as the user named it.
  public var run: String
  /// Whether runs on parts of the data, with a larger model and other learning rates are wanted.
  public var learningCurve: Bool
  /// Whether runs of smaller and larger models are wanted.
  public var capacity: Bool
  /// Whether the activations around dropout and the loss along a line are wanted.
  public var views: Bool
  /// Whether the gradient noise scale is wanted.
  public var noiseScale: Bool
  /// Runs of each kind; nil leaves it to the study.
  public var seeds: Int?
  /// Seconds for the runs together; nil for no limit.
  public var budgetSeconds: Double?

  /// A request.
  public init(
    run: String, learningCurve: Bool = false, capacity: Bool = false, views: Bool = false,
    noiseScale: Bool = false, seeds: Int? = nil, budgetSeconds: Double? = nil
  ) {
    self.run = run
    self.learningCurve = learningCurve
    self.capacity = capacity
    self.views = views
    self.noiseScale = noiseScale
    self.seeds = seeds
    self.budgetSeconds = budgetSeconds
  }

  /// Whether anything is wanted.
  public var isWanted: Bool { learningCurve || capacity || views || noiseScale }
}
