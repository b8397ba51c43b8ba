public import HoneMetrics

extension TrainingConfiguration {
  /// When to stop before the last epoch (Prechelt 1998).
  public struct EarlyStopping: Sendable, Equatable, Codable {
    /// The criterion.
    public var kind = Kind.patience
    /// What must improve.
    public var monitor = Monitor.validationLoss
    /// Epochs without improvement that are borne, with `patience`.
    public var patience = 5
    /// The smallest change that counts as improvement, with `patience`.
    public var minimumDelta = 0.0
    /// The bound of `generalizationLoss`, in percent, or of `progressQuotient`; nil for 5 and 0.75.
    public var threshold: Double?
    /// Epochs of a strip, with `progressQuotient` and `strips`.
    public var stripLength = 5
    /// How many strips in a row the error must grow, with `strips`.
    public var strips = 3
    /// Whether the best epoch's weights are the ones kept.
    public var restoreBest = true

    /// Early stopping in which nothing was set.
    public init() {}

    /// A criterion.
    public enum Kind: String, Sendable, Codable, CaseIterable {
      /// No improvement for a number of epochs.
      case patience
      /// GL: so far above the lowest error.
      case generalizationLoss
      /// PQ: the same, over the progress of the training loss.
      case progressQuotient
      /// UP: an error that grows from strip to strip.
      case strips
    }
  }

  /// What policies watch.
  ///
  /// A metric may be named where it is the run's own: `accuracy` is then `validationMetric`.
  public enum Monitor: Sendable, Equatable, Codable, CaseIterable, RawRepresentable {
    /// The loss on the validation split.
    case validationLoss
    /// The metric on the validation split.
    case validationMetric
    /// The loss on training batches.
    case trainLoss
    /// The metric of this name on the validation split.
    case metric(MetricName)

    /// All that can be watched.
    public static var allCases: [Monitor] {
      [.validationLoss, .validationMetric, .trainLoss] + MetricName.allCases.map(Monitor.metric)
    }

    /// The word of a configuration.
    public var rawValue: String {
      switch self {
      case .validationLoss: "validationLoss"
      case .validationMetric: "validationMetric"
      case .trainLoss: "trainLoss"
      case .metric(let name): name.rawValue
      }
    }

    /// What a word of a configuration means.
    public init?(rawValue: String) {
      switch rawValue {
      case "validationLoss": self = .validationLoss
      case "validationMetric": self = .validationMetric
      case "trainLoss": self = .trainLoss
      default:
        guard let metric = MetricName(rawValue: rawValue) else { return nil }
        self = .metric(metric)
      }
    }

    /// Reads a word.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      let word = try container.decode(String.self)
      guard let monitor = Monitor(rawValue: word) else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "\(word) is nothing that can be watched.")
      }
      self = monitor
    }

    /// Writes the word.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(rawValue)
    }
  }

  /// How much a run may take.
  public struct Budget: Sendable, Equatable, Codable {
    /// Wall-clock seconds of training; nil for no bound.
    public var seconds: Double?
    /// Optimiser steps; nil for no bound.
    public var steps: Int?

    /// A budget.
    public init(seconds: Double? = nil, steps: Int? = nil) {
      self.seconds = seconds
      self.steps = steps
    }
  }

  /// When a growing training loss ends a run.
  public struct Divergence: Sendable, Equatable, Codable {
    /// How many times the lowest loss of an earlier epoch.
    public var factor = 10.0
    /// How many epochs in a row.
    public var epochs = 2

    /// A bound in which nothing was set.
    public init() {}
  }

  /// Which epochs' weights are kept as models of their own.
  public struct Keeping: Sendable, Equatable, Codable {
    /// How many of the best epochs.
    public var best = 0
    /// How many of the last epochs.
    public var last = 0
    /// Every so many epochs; nil for none.
    public var every: Int?
    /// Whether those at the ends of the schedule's cycles (Huang and others 2017, arXiv 1704.00109).
    public var cycleEnds = false

    /// No epochs.
    public init() {}
  }

  /// Files that a run's course is written to; `{run}` in a path stands for the run's id.
  public struct Log: Sendable, Equatable, Codable {
    /// A file with a row for each epoch; nil for none.
    public var csv: String?
    /// A file with a line of JSON for each event; nil for none.
    public var jsonLines: String?
    /// A folder in which each run makes one with its events for TensorBoard; nil for none.
    public var tensorBoard: String?

    /// No files.
    public init() {}
  }
}
