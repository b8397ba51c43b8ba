public import HoneText

/// The error of a run, split by what would remove it.
///
/// The parts add up to the total: what no model can avoid, what the model misses on its own training
/// data, what it loses on new data, what it loses on data of another kind, and what the choice of the
/// best epoch or configuration flattered.
public struct ErrorBudget: Sendable, Codable, Equatable {
  /// The parts, in the order in which they are asked about.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// What the target, people, or noise in the labels leave to any model.
    case unavoidable
    /// The training error above that.
    case bias
    /// The validation error above both.
    case variance
    /// The error on data from elsewhere above that on validation data.
    case shift
    /// What choosing by the validation split made it look better.
    case overtuning
  }

  /// One part of the error.
  public struct Part: Sendable, Codable, Equatable {
    /// What it is.
    public var kind: Kind
    /// Its size; below zero where chance made the later split the easier one.
    public var value: Double
    /// A 95 % interval of its size.
    public var interval: [Double]
    /// Whether it was measured, and not only bounded.
    public var isMeasured: Bool
    /// Where the number comes from.
    public var note: Localized

    /// A part of a size.
    public init(
      _ kind: Kind, value: Double, interval: [Double], isMeasured: Bool = true, note: Localized
    ) {
      self.kind = kind
      self.value = value
      self.interval = interval
      self.isMeasured = isMeasured
      self.note = note
    }
  }

  /// The metric that the error is of.
  public var metric: String
  /// Whether the error is one less the metric; else it is the metric itself.
  public var isOneLess: Bool
  /// The epoch whose weights it is of.
  public var epoch: Int
  /// The error on the last split that was measured: test, else validation.
  public var total: Double
  /// The parts, whose sum is the total.
  public var parts: [Part]

  /// A budget of the parts given.
  public init(metric: String, isOneLess: Bool, epoch: Int, total: Double, parts: [Part]) {
    self.metric = metric
    self.isOneLess = isOneLess
    self.epoch = epoch
    self.total = total
    self.parts = parts
  }

  /// The part of a kind; nil where it could not be told.
  public subscript(kind: Kind) -> Part? { parts.first { $0.kind == kind } }
}
