public import HoneData
public import HoneMetrics
public import HoneRecords

/// The configuration keys that an experiment sets, by dotted path.
public typealias RecipeChange = [String: ConfigurationValue]

/// What experiments are made on: a recipe that can be changed, and trained on a part of its data.
public protocol ExperimentSubject {
  /// The data.
  var data: Dataset { get }
  /// The samples that experiments may use; none of them belongs to the test split.
  var pool: [Int] { get }
  /// How samples are drawn into parts.
  var splitMethod: SplitMethod { get }
  /// What decides.
  var metric: MetricName { get }

  /// The recipe with a change, as the JSON of its configuration; nil where the recipe cannot take it.
  func configuration(with change: RecipeChange) -> String?

  /// How long the unchanged recipe would train on a split, known from a few steps.
  ///
  /// Asked for where the baseline diverged: what it took until then says nothing of other recipes.
  func length(on split: Split) throws -> RunLength

  /// Trains the recipe with a change, and judges it on the split's test samples.
  /// - Throws: `ImprovementError.interrupted` where the run was asked to stop; what cannot be trained
  ///   is a result with a failure.
  func train(_ task: ArmTask) throws -> ArmRun
}

/// One model of an experiment: which change, on which samples, with which seed, for how long.
public struct ArmTask: Sendable {
  /// What the recipe is changed by.
  public var change: RecipeChange
  /// Samples to train on, to choose the epoch by, and to be judged by.
  public var split: Split
  /// The seed of weights, order and dropout.
  public var seed: UInt64
  /// The share of the recipe's epochs, up to 1.
  public var share: Double
  /// The seconds that it may take.
  public var seconds: Double
  /// The weights of a run that is to be continued; nil begins anew.
  public var start: ArmState?
  /// Whether the result is to hold what a diagnosis needs.
  public var wantsEvidence = false

  /// A model to train from the beginning.
  public init(
    change: RecipeChange, split: Split, seed: UInt64, share: Double = 1, seconds: Double = .infinity
  ) {
    self.change = change
    self.split = split
    self.seed = seed
    self.share = share
    self.seconds = seconds
  }
}
