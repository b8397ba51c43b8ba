public import HoneRecords

/// One detector: a pure function of a run's records.
///
/// The same evidence always gives the same answer.
public protocol Rule: Sendable {
  /// The finding that the rule can make.
  var id: FindingName { get }
  /// The finding, or nil where the records do not show it. Causes are filled in by the diagnostician.
  func evaluate(_ evidence: RunEvidence) -> Finding?
}
