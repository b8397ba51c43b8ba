public import HoneRecords
import HoneText

/// A hidden layer all of whose units begin equal: they receive equal gradients and stay equal.
public struct SymmetricInitialisationRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.symmetricInitialisation

  /// The share of units that repeat another.
  static let largestShare = 0.99

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    // An output layer of zeros is a good start: its units have different targets.
    guard let facts = evidence.run.preflight?.layers,
      let layer = facts.dropLast().first(where: {
        $0.duplicateShare > Self.largestShare && $0.units > 1 && $0.isTrainable
      })
    else { return nil }
    return Finding(
      id: id, severity: .critical, confidence: Confidence.ceiling, layer: layer.path, epoch: nil,
      evidence: [
        Evidence(
          signal: "equalUnits", value: layer.duplicateShare, threshold: Self.largestShare,
          comparison: .above, source: "Goodfellow et al. 2016, section 8.4: symmetry must be broken"
        )
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "All \(layer.units) units of layer \(layer.path) begin with the same weights. They get the "
          + "same gradients and stay one unit. Draw the weights at random.",
        korean: "층 \(layer.path)의 유닛 \(layer.units)개가 모두 같은 가중치로 시작합니다. 기울기도 같으므로 계속 하나의 "
          + "유닛처럼 움직입니다. 가중치를 무작위로 초기화하십시오."))
  }
}
