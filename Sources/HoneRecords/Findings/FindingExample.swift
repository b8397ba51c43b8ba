public import HoneText

/// Samples that show a finding, for a person to look at.
public struct FindingExample: Sendable, Codable, Equatable {
  /// Names of samples: paths, lines of tables, indices.
  public var samples: [String]
  /// What there is to see in them.
  public var detail: Localized

  /// Samples and what there is to see in them.
  public init(samples: [String], detail: Localized) {
    self.samples = samples
    self.detail = detail
  }
}
