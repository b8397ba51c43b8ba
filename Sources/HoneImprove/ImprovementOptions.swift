/// How much an improvement may spend, and how sure it must be.
public struct ImprovementOptions: Sendable, Equatable {
  /// Wall-clock seconds for everything: baseline, experiments, final run.
  public var budgetSeconds: Double
  /// Paired seeds of an experiment.
  public var seeds: Int
  /// The chance at most that anything at all is kept that does not help: a remedy is kept when the
  /// lower bound of its gain, corrected for the number of experiments, is above zero.
  public var falseAcceptance = 0.05
  /// Passes over the remedies: those left undecided are tried again on top of what was kept.
  public var passes = 2
  /// The metric's value that ends the search for remedies; nil searches to the end.
  public var goal: Double?

  /// Options.
  /// - Precondition: at least two seeds and a positive budget.
  public init(budgetSeconds: Double, seeds: Int = 5) {
    guard seeds >= 2, budgetSeconds > 0 else {
      fatalError(
        "ImprovementOptions got \(seeds) seeds and \(budgetSeconds) seconds; experiments need at "
          + "least 2 seeds and time.")
    }
    self.budgetSeconds = budgetSeconds
    self.seeds = seeds
  }
}
