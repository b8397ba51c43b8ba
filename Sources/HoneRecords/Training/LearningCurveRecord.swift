public import HoneText

/// The error against the size of the training split, and what three ways on would buy.
///
/// Errors are one less the metric where larger is better, else the metric.
public struct LearningCurveRecord: Sendable, Codable, Equatable {
  /// One size of the training split.
  public struct Point: Sendable, Codable, Equatable {
    /// Its share of the training split.
    public var share: Double
    /// The training samples.
    public var samples: Int
    /// The validation error of each seed.
    public var errors: [Double]
    /// Their mean.
    public var mean: Double
    /// The standard error of the mean over seeds.
    public var standardError: Double
    /// The mean seconds of a run.
    public var seconds: Double

    /// A point of the values given.
    public init(
      share: Double, samples: Int, errors: [Double], mean: Double, standardError: Double,
      seconds: Double
    ) {
      self.share = share
      self.samples = samples
      self.errors = errors
      self.mean = mean
      self.standardError = standardError
      self.seconds = seconds
    }
  }

  /// A way on.
  public struct Option: Sendable, Codable, Equatable {
    /// The ways on.
    public enum Kind: String, Sendable, Codable, CaseIterable {
      /// Twice the training samples.
      case moreData
      /// Another learning rate.
      case tuning
      /// Twice the width.
      case largerModel
    }

    /// Which way.
    public var kind: Kind
    /// What was changed, in words: `learning rate 0.003`.
    public var change: String
    /// The error that it saves.
    public var gain: Double
    /// A 95 % interval of the gain.
    public var interval: [Double]
    /// Seconds of a run with it.
    public var seconds: Double
    /// Samples to collect; zero where none are needed.
    public var newSamples: Int

    /// An option of the values given.
    public init(
      kind: Kind, change: String, gain: Double, interval: [Double], seconds: Double,
      newSamples: Int = 0
    ) {
      self.kind = kind
      self.change = change
      self.gain = gain
      self.interval = interval
      self.seconds = seconds
      self.newSamples = newSamples
    }
  }

  /// The metric.
  public var metric: String
  /// Whether errors are one less the metric.
  public var isOneLess: Bool
  /// The smallest split first.
  public var points: [Point]
  /// The ways on that were priced, the most promising first.
  public var options: [Option]
  /// What they come to, in words.
  public var conclusion: Localized
  /// Wall-clock seconds of all runs.
  public var seconds: Double

  /// A record of the values given.
  public init(
    metric: String, isOneLess: Bool, points: [Point], options: [Option], conclusion: Localized,
    seconds: Double
  ) {
    self.metric = metric
    self.isOneLess = isOneLess
    self.points = points
    self.options = options
    self.conclusion = conclusion
    self.seconds = seconds
  }
}

/// Models of one kind from large to small, with what each reaches.
public struct CapacityRecord: Sendable, Codable, Equatable {
  /// One model.
  public struct Point: Sendable, Codable, Equatable {
    /// The factor of the widths.
    public var width: Double
    /// The factor of the number of blocks.
    public var depth: Double
    /// The model's parameters.
    public var parameters: Int
    /// The validation loss of each seed, at its best epoch.
    public var losses: [Double]
    /// Their mean.
    public var loss: Double
    /// The standard error of the mean, over seeds and validation samples.
    public var standardError: Double
    /// The mean validation metric.
    public var metric: Double
    /// The mean seconds of a run.
    public var seconds: Double

    /// A point of the values given.
    public init(
      width: Double, depth: Double, parameters: Int, losses: [Double], loss: Double,
      standardError: Double, metric: Double, seconds: Double
    ) {
      self.width = width
      self.depth = depth
      self.parameters = parameters
      self.losses = losses
      self.loss = loss
      self.standardError = standardError
      self.metric = metric
      self.seconds = seconds
    }
  }

  /// The models, most parameters first.
  public var points: [Point]
  /// The place of the model with the least loss.
  public var best: Int
  /// The place of the smallest model within one standard error of the best (Breiman and others 1984).
  public var smallest: Int
  /// Wall-clock seconds of all runs.
  public var seconds: Double

  /// A sweep of at least one point.
  public init(points: [Point], seconds: Double) {
    let ordered = points.sorted { $0.parameters > $1.parameters }
    self.points = ordered
    self.seconds = seconds
    let best = ordered.indices.min { ordered[$0].loss < ordered[$1].loss } ?? 0
    self.best = best
    guard !ordered.isEmpty else {
      smallest = 0
      return
    }
    let limit = ordered[best].loss + ordered[best].standardError
    smallest = ordered.indices.last { ordered[$0].loss <= limit } ?? best
  }
}
