/// How much an improvement may spend, and how sure it must be.
public struct ImprovementOptions: Sendable, Equatable {
  /// Wall-clock seconds for everything: baseline, experiments, final run.
  public var budgetSeconds: Double
  /// Paired seeds of a proof; fewer are run where the budget does not hold them.
  public var seeds: Int
  /// The chance at most that anything at all is kept that does not help: a remedy is kept when the
  /// lower bound of its gain, corrected for the number of proofs, is above zero.
  ///
  /// One-sided: the 95 % interval of a single proof lies wholly above zero.
  public var falseAcceptance = 0.025
  /// Rounds of race and proof, each on top of what the last one proved.
  public var rounds = 3
  /// A bound on the seconds of racing remedies; nil leaves it to the budget.
  public var raceSeconds: Double?
  /// The metric's value that ends the search for remedies; nil searches to the end.
  public var goal: Double?
  /// A pretrained model that is tried where the data are images; nil tries none.
  public var backbone: PretrainedBackbone?
  /// The number from which the experiments' randomness flows.
  public var seed: UInt64 = 0
  /// The folder where what is finished is kept, so that an interrupted improvement goes on from there;
  /// nil keeps nothing.
  public var folder: String?

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
