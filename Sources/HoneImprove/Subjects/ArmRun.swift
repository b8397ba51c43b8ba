public import HoneNN
public import HoneRecords

/// What came of training one model of an experiment.
public struct ArmResult: Sendable, Codable, Equatable {
  /// The score of each sample that it was judged by, larger better.
  public var scores: [Double]
  /// The samples that it was judged by.
  public var samples: [Int]
  /// The metric on them.
  public var metric: Double
  /// Wall-clock seconds.
  public var seconds: Double
  /// Whether its time was up before its epochs.
  public var isCut: Bool
  /// Why it could not be trained; nil where it was.
  public var failure: String?

  /// A trained and judged model.
  public init(
    scores: [Double], samples: [Int], metric: Double, seconds: Double, isCut: Bool = false
  ) {
    self.scores = scores
    self.samples = samples
    self.metric = metric
    self.seconds = seconds
    self.isCut = isCut
  }

  /// A model that could not be trained.
  public init(failure: String, seconds: Double) {
    self.init(scores: [], samples: [], metric: .nan, seconds: seconds)
    self.failure = failure
  }

  /// Whether it can be compared with others.
  var isWhole: Bool { failure == nil && !isCut && !scores.isEmpty }
}

/// The weights that a model of an experiment ended with.
public struct ArmState: Sendable {
  /// The weights.
  public var weights: StateDictionary

  /// Weights to begin with.
  public init(_ weights: StateDictionary) { self.weights = weights }
}

/// A result with what is not kept in the ledger.
public struct ArmRun: Sendable {
  /// What is compared.
  public var result: ArmResult
  /// The weights; nil where the run failed.
  public var state: ArmState?
  /// What a diagnosis needs; nil where it was not asked for.
  public var evidence: RunEvidence?

  /// A result with nothing beside it.
  public init(_ result: ArmResult, state: ArmState? = nil, evidence: RunEvidence? = nil) {
    self.result = result
    self.state = state
    self.evidence = evidence
  }
}
