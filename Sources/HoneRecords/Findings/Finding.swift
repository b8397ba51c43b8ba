public import HoneText

/// Something that holds a model's performance back, with the numbers that show it.
public struct Finding: Sendable, Codable, Equatable {
  /// How much it matters. The order is ascending.
  public enum Severity: String, Sendable, Codable, CaseIterable, Comparable {
    case info, warning, critical

    public static func < (first: Severity, second: Severity) -> Bool {
      allCases.firstIndex(of: first) ?? 0 < allCases.firstIndex(of: second) ?? 0
    }
  }

  public var id: FindingName
  public var severity: Severity
  /// The probability that the finding is right, 0...1.
  public var confidence: Double
  /// The layer it concerns, by its path in the model.
  public var layer: String?
  /// The epoch from which it shows.
  public var epoch: Int?
  public var evidence: [Evidence]
  /// Findings that explain this one.
  public var causes: [FindingName]
  public var remedies: [Remedy]
  /// Two or three sentences for the user.
  public var message: Localized

  public init(
    id: FindingName, severity: Severity, confidence: Double, layer: String? = nil,
    epoch: Int? = nil, evidence: [Evidence], causes: [FindingName] = [],
    remedies: [Remedy] = [], message: Localized
  ) {
    self.id = id
    self.severity = severity
    self.confidence = confidence
    self.layer = layer
    self.epoch = epoch
    self.evidence = evidence
    self.causes = causes
    self.remedies = remedies
    self.message = message
  }
}

/// One measured number beside the threshold it was held against, and where that threshold is from.
public struct Evidence: Sendable, Codable, Equatable {
  /// How the value stands to the threshold.
  public enum Comparison: String, Sendable, Codable { case above, below, equal, outside }

  /// What was measured: `validationLossRise`, `updateRatio`, ….
  public var signal: String
  public var value: Double
  public var threshold: Double
  public var comparison: Comparison
  /// The paper, book or measurement behind the threshold.
  public var source: String

  public init(
    signal: String, value: Double, threshold: Double, comparison: Comparison, source: String
  ) {
    self.signal = signal
    self.value = value
    self.threshold = threshold
    self.comparison = comparison
    self.source = source
  }
}
