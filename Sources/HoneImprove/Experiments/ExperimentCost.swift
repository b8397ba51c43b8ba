import HoneNumerics
import HoneRecords

/// How experiments are cut to fit a budget: cross-fitted on all samples where that is affordable,
/// else with one fixed proof part, else on fewer training samples too.
struct ExperimentCost {
  /// Training samples per model at least, however small the budget.
  static let leastSamples = 1_000
  /// What a remedy's run costs beside the control's, on average: some double epochs or width.
  static let remedyFactor = 1.4
  /// The share of the pool that a model trains on: four of five folds, less a tenth to select by.
  static let trainShare = 0.72

  let isCrossFitted: Bool
  /// Training samples per model; nil for all.
  let trainLimit: Int?

  /// Remedies that must fit for a set to be cross-fitted: proof comes before the number of attempts.
  static let leastRemedies = 6
  /// What validation and assembly add to the training time of an epoch, about.
  private static let overhead = 1.2

  /// - Parameters:
  ///   - secondsLeft: what experiments may take together.
  ///   - arms: configurations to train, the control among them.
  ///   - seeds: paired seeds.
  ///   - pool: samples of the training and validation splits.
  ///   - baseline: the measured run.
  init(secondsLeft: Double, arms: Int, seeds: Int, pool: Int, baseline: RunEvidence) {
    let used = Int(Self.trainShare * Double(pool))
    // The median: the first epoch of a process pays for what is made once.
    let epoch = baseline.epochs.map(\.seconds).median()
    let perSample =
      Self.overhead * epoch * Double(baseline.epochs.count)
      / Double(max(1, baseline.run.task.trainSamples))
    func affordable(_ arms: Int) -> Int {
      let perSeed = max(0, secondsLeft) / (Self.remedyFactor * Double(arms * seeds))
      return perSample > 0 ? Int(min(1e12, perSeed / perSample)) : .max
    }
    let few = affordable(min(arms, Self.leastRemedies + 1))
    isCrossFitted = few / ProofDesign.folds >= used
    let all = affordable(arms)
    trainLimit = isCrossFitted || all >= used ? nil : max(all, min(Self.leastSamples, used))
  }
}
