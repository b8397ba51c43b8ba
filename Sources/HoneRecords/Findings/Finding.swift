public import HoneText

/// Something that holds a model's performance back, with the numbers that show it.
public struct Finding: Sendable, Codable, Equatable {
  /// How much it matters, in ascending order.
  public enum Severity: String, Sendable, Codable, CaseIterable, Comparable {
    case info, warning, critical

    /// Whether the first matters less than the second.
    public static func < (first: Severity, second: Severity) -> Bool {
      allCases.firstIndex(of: first) ?? 0 < allCases.firstIndex(of: second) ?? 0
    }
  }

  /// Its name in the vocabulary.
  public var id: FindingName
  /// How much it matters.
  public var severity: Severity
  /// The probability that the finding is right, 0...1.
  public var confidence: Double
  /// The layer it concerns, by its path in the model.
  public var layer: String?
  /// The epoch from which it shows.
  public var epoch: Int?
  /// The numbers that show it, each beside its threshold.
  public var evidence: [Evidence]
  /// Findings that explain this one.
  public var causes: [FindingName]
  /// What may mend it, the most promising first.
  public var remedies: [Remedy]
  /// Two or three sentences for the user.
  public var message: Localized
  /// Samples that show it, the clearest first; nil where it is not about samples.
  public var examples: [FindingExample]?

  /// A finding with its evidence and remedies.
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
  /// The measured number.
  public var value: Double
  /// The number it was held against.
  public var threshold: Double
  /// How the one stands to the other.
  public var comparison: Comparison
  /// The paper, book or measurement behind the threshold.
  public var source: String

  /// A measured number, its threshold, and where that threshold is from.
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
