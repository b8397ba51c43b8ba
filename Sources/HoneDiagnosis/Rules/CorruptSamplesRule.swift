public import HoneRecords
import HoneText

/// Inputs hold values that are missing or infinite.
public struct CorruptSamplesRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.corruptSamples

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    guard let input = evidence.run.preflight?.input, input.nonFinite > 0 else { return nil }
    return Finding(
      id: id, severity: .critical, confidence: 1,
      evidence: [
        Evidence(
          signal: "nonFiniteInputs", value: Double(input.nonFinite), threshold: 0,
          comparison: .above, source: "IEEE 754: arithmetic with NaN gives NaN")
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "\(input.nonFinite) input values are NaN or infinite. A single one makes the loss and then "
          + "every weight NaN.",
        korean: "입력값 \(input.nonFinite)개가 NaN이거나 무한대입니다. 하나만 있어도 손실과 모든 가중치가 "
          + "NaN이 됩니다."))
  }
}
