/// How experiments were laid out: who chose, who judged, how often.
public struct ExperimentDesign: Sendable, Codable, Equatable {
  /// Paired seeds of a proof.
  public var seeds: Int
  /// Models of each seed: more than one where a small set is cross-fitted.
  public var folds: Int
  /// Samples that each model of a proof was trained on.
  public var trainingSamples: Int
  /// Samples by which remedies were chosen.
  public var selectionSamples: Int
  /// Samples that proved them and chose nothing.
  public var proofSamples: Int
  /// Seeds that were asked for; fewer were run where the budget did not hold them.
  public var seedsWanted: Int
  /// Seconds of the models that chose among remedies.
  public var raceSeconds: Double
  /// Seconds of the models that proved remedies.
  public var proofSeconds: Double
  /// Seconds of the models that the remedies are held against, random search among them.
  public var controlSeconds: Double

  /// A layout, with nothing spent yet.
  public init(
    seeds: Int, folds: Int, trainingSamples: Int, selectionSamples: Int, proofSamples: Int,
    seedsWanted: Int
  ) {
    self.seeds = seeds
    self.folds = folds
    self.trainingSamples = trainingSamples
    self.selectionSamples = selectionSamples
    self.proofSamples = proofSamples
    self.seedsWanted = seedsWanted
    raceSeconds = 0
    proofSeconds = 0
    controlSeconds = 0
  }
}
