/// How experiments are cut to fit a budget: seeds, folds, samples, and the time of the race.
///
/// Half of the time proves, half chooses; of what chooses, half is for the remedies and half for random
/// search beside them.
struct ExperimentPlan: Sendable, Codable, Equatable {
  /// Training samples per model at least, however small the budget.
  static let leastSamples = 1_000
  /// What a remedy's run costs beside the control's, on average: some double epochs or width.
  static let remedyFactor = 1.3
  /// Configurations that a proof trains: control, the same with other seeds, two remedies, random
  /// search's best.
  static let proofArms = 5.0
  /// The share of the pool that a model of a proof trains on.
  static let trainShare = 0.72
  /// Seeds of the race at most.
  static let mostRaceSeeds = 3

  /// Paired seeds of a proof at first.
  let seeds: Int
  /// Whether what proves is cross-fitted.
  let isCrossFitted: Bool
  /// Training samples per model; nil for all.
  let trainLimit: Int?
  /// Seconds for racing remedies.
  let raceSeconds: Double

  /// - Parameters:
  ///   - secondsLeft: what experiments may take together.
  ///   - seedsWanted: the paired seeds that were asked for.
  ///   - pool: samples of the training and validation splits.
  ///   - secondsPerSample: of training for all epochs.
  ///   - mayCrossFit: whether samples may be judged in any order.
  ///   - raceLimit: a bound of the race's own; nil for none.
  init(
    secondsLeft: Double, seedsWanted: Int, pool: Int, secondsPerSample: Double,
    mayCrossFit: Bool = true, raceLimit: Double? = nil
  ) {
    let left = max(0, secondsLeft)
    let whole = Int(Self.trainShare * Double(pool))
    func cost(seeds: Int, models: Int, samples: Int) -> Double {
      Self.proofArms * Self.remedyFactor * Double(seeds * models * samples) * secondsPerSample
    }
    var layouts: [(seeds: Int, models: Int)] = [(seedsWanted, 1)]
    // A large part that is held back judges as well as folds do.
    if mayCrossFit, pool <= Self.crossFittedPool {
      layouts.insert((seedsWanted, ProofDesign.folds), at: 0)
      if seedsWanted > 3 { layouts.insert((3, ProofDesign.folds), at: 1) }
    }
    let fewest = min(3, seedsWanted)
    layouts += stride(from: seedsWanted - 1, through: fewest, by: -1).map { ($0, 1) }
    let half = 0.5 * left
    if let fitting = layouts.first(where: {
      cost(seeds: $0.seeds, models: $0.models, samples: whole) <= half
    }) {
      (seeds, isCrossFitted, trainLimit) = (fitting.seeds, fitting.models > 1, nil)
    } else {
      let least = min(Self.leastSamples, whole)
      let affordable = Int(half / max(cost(seeds: fewest, models: 1, samples: 1), 1e-12))
      isCrossFitted = false
      trainLimit = max(least, min(affordable, whole))
      let fits = cost(seeds: fewest, models: 1, samples: least) <= half
      seeds = fits ? fewest : min(2, seedsWanted)
    }
    raceSeconds = min(0.25 * left, raceLimit ?? .infinity)
  }

  /// Samples up to which each counts enough to be judged by every seed.
  static let crossFittedPool = 5_000
}
