public import HoneRecords
import HoneText

/// Rectifiers that answer zero to every sample, in a model that stays behind.
public struct DyingReLURule: Rule {
  /// The name of what it finds.
  public let id = FindingName.dyingReLU

  /// The share of a layer's units.
  static let largestShare = 0.4
  /// The samples that a unit must have seen: an event of one in twenty then shows with 99 %.
  static let fewestSamples = 90

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    guard let layers = LayerSignals(evidence), let shortfall = Shortfall(evidence),
      let worst = layers.largest(\.deadShare, among: layers.hidden, in: layers.latest),
      worst.value > Self.largestShare
    else { return nil }
    // A few samples prove nothing: a unit that wakes for one sample in twenty would seem dead.
    let seen = 3 * (evidence.run.preflight?.wiring?.batchSize ?? Self.fewestSamples)
    guard seen >= Self.fewestSamples else { return nil }
    // Where numbers are not finite, zeros mean nothing.
    guard layers.latest.allSatisfy({ $0.layers.allSatisfy(\.isFinite) }) else { return nil }
    let affected = layers.hidden.count {
      layers.median(\.deadShare, of: $0, in: layers.latest) ?? 0 > Self.largestShare
    }
    return Finding(
      id: id, severity: .critical,
      confidence: min(
        Confidence.above(worst.value / (1.02 - worst.value), threshold: 2 / 3),
        shortfall.confidence),
      layer: worst.path, epoch: layers.latest.first?.epoch,
      evidence: [
        Evidence(
          signal: "deadUnits", value: worst.value, threshold: Self.largestShare,
          comparison: .above, source: "units zero for every sample of three batches; Lu et al. 2019"
        ),
        Evidence(
          signal: "layersWithDeadUnits", value: Double(affected), threshold: 0,
          comparison: .above, source: "layers over the same threshold"),
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "\(Formatting.percent(worst.value)) of the units of layer \(worst.path) answer zero to every "
          + "sample, so no gradient passes them. Lower the learning rate, initialize for rectifiers, "
          + "normalize, or use leaky rectifiers.",
        korean: "층 \(worst.path)의 유닛 \(Formatting.percent(worst.value))가 모든 표본에 0을 출력하여 기울기가 전달되지 "
          + "않습니다. 학습률을 낮추고 He 초기화와 정규화 층을 쓰거나 LeakyReLU로 바꾸십시오."))
  }
}
