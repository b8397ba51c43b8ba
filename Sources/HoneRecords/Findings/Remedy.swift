public import HoneText

/// A change to the configuration that may mend a finding.
public struct Remedy: Sendable, Codable, Equatable {
  /// What trying it costs.
  public enum Effort: String, Sendable, Codable {
    /// Nothing is trained again.
    case free
    /// A run as long as the baseline, or shorter.
    case short
    /// A run longer than the baseline.
    case long
    /// Work for a person.
    case manual
  }

  /// A name unique among remedies: `batch-norm`, `more-epochs`, ….
  public var id: String
  /// The configuration keys to set, by dotted path.
  public var change: [String: ConfigurationValue]
  /// What trying it costs.
  public var effort: Effort
  /// Why it may help.
  public var rationale: Localized

  /// A change and why it may help.
  public init(
    id: String, change: [String: ConfigurationValue], effort: Effort, rationale: Localized
  ) {
    self.id = id
    self.change = change
    self.effort = effort
    self.rationale = rationale
  }
}
