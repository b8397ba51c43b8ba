/// What was measured of a finished run on demand: what its records alone do not tell.
public struct ProbeRecord: Sendable, Codable, Equatable {
  /// What parts of the data, a larger model and tuned rates give.
  public var learningCurve: LearningCurveRecord?
  /// What smaller and larger models of the same kind give.
  public var capacity: CapacityRecord?
  /// The activations in front of and behind each dropout.
  public var dropouts: [DropoutView]?
  /// The loss along a line through the weights.
  public var landscape: LandscapeSlice?
  /// How noisy the gradients of single batches are.
  public var noiseScale: NoiseScaleRecord?

  /// A record of nothing yet.
  public init() {}

  /// With what another record has and this one lacks; what both have is the newer one's.
  public func merging(_ newer: ProbeRecord) -> ProbeRecord {
    var merged = self
    merged.learningCurve = newer.learningCurve ?? learningCurve
    merged.capacity = newer.capacity ?? capacity
    merged.dropouts = newer.dropouts ?? dropouts
    merged.landscape = newer.landscape ?? landscape
    merged.noiseScale = newer.noiseScale ?? noiseScale
    return merged
  }
}

/// What a dropout does to the activations that pass it.
public struct DropoutView: Sendable, Codable, Equatable {
  /// Its place among the model's dropouts, from 1.
  public var number: Int
  /// The path of the layer with weights before it.
  public var layer: String
  /// The share of elements that it drops.
  public var probability: Double
  /// The mean activation in front of it.
  public var before: Double
  /// The mean behind it in training as Hone does it: kept elements are divided by their share.
  public var inverted: Double
  /// The mean behind it in training without that division.
  public var classic: Double
  /// The mean in evaluation in the classic form, which multiplies by the share kept instead.
  public var classicEvaluation: Double
  /// The middles of the bins of the histograms.
  public var bins: [Double]
  /// The share of activations in front of it in each bin.
  public var sharesBefore: [Double]
  /// The share behind inverted dropout in training.
  public var sharesInverted: [Double]
  /// The share behind classic dropout in training.
  public var sharesClassic: [Double]

  /// A view of a dropout of which only place and probability are known.
  public init(number: Int, layer: String, probability: Double) {
    self.number = number
    self.layer = layer
    self.probability = probability
    (before, inverted, classic, classicEvaluation) = (0, 0, 0, 0)
    (bins, sharesBefore, sharesInverted, sharesClassic) = ([], [], [], [])
  }
}

/// The loss along a random line through the weights, each filter's direction as long as the filter
/// (Li and others 2018, arXiv 1712.09913).
public struct LandscapeSlice: Sendable, Codable, Equatable {
  /// The distances from the trained weights, in lengths of the weights; those at which the loss
  /// overflows are left out.
  public var distances: [Double]
  /// The mean training loss at each.
  public var train: [Double]
  /// The mean validation loss at each; empty without validation.
  public var validation: [Double]
  /// The training samples used.
  public var samples: Int

  /// A slice of the values given.
  public init(distances: [Double], train: [Double], validation: [Double], samples: Int) {
    self.distances = distances
    self.train = train
    self.validation = validation
    self.samples = samples
  }
}
