/// How much a study of several runs may cost, and who hears of it.
public struct StudyOptions {
  /// Runs of each kind, with different seeds.
  public var seeds: Int
  /// Seconds for all runs together; nil for no limit.
  ///
  /// At least two seeds are always run.
  public var budgetSeconds: Double?
  /// Told of each run that ended: its description, its error, its seconds.
  public var observe: (_ run: String, _ error: Double, _ seconds: Double) -> Void
  /// Asked during training whether to give up.
  public var stopRequested: () -> Bool

  /// Options; by default three seeds and no limit.
  public init(
    seeds: Int = 3, budgetSeconds: Double? = nil,
    observe: @escaping (_ run: String, _ error: Double, _ seconds: Double) -> Void = { _, _, _ in
    },
    stopRequested: @escaping () -> Bool = { false }
  ) {
    self.seeds = max(2, seeds)
    self.budgetSeconds = budgetSeconds
    self.observe = observe
    self.stopRequested = stopRequested
  }
}
