public import HoneRecords
import HoneText

/// Sigmoids or hyperbolic tangents in their flat parts, in a model that stays behind.
public struct SaturatedActivationRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.saturatedActivation

  /// The share of a layer's activations.
  static let largestShare = 0.5

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    guard let layers = LayerSignals(evidence), let shortfall = Shortfall(evidence),
      let worst = layers.largest(\.saturatedShare, among: layers.hidden, in: layers.samples),
      worst.value > Self.largestShare
    else { return nil }
    return Finding(
      id: id, severity: .warning,
      confidence: min(
        Confidence.above(worst.value / (1.02 - worst.value), threshold: 1), shortfall.confidence),
      layer: worst.path, epoch: layers.samples.first?.epoch,
      evidence: [
        Evidence(
          signal: "saturatedActivations", value: worst.value, threshold: Self.largestShare,
          comparison: .above,
          source: "slope below a tenth of the largest; Glorot and Bengio 2010, section 3")
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "\(Formatting.percent(worst.value)) of the activations behind layer \(worst.path) lie where "
          + "the function is flat, so its gradient is lost. Scale the inputs, initialize smaller, "
          + "normalize, or use a rectifier.",
        korean: "층 \(worst.path) 뒤 활성값의 \(Formatting.percent(worst.value))가 함수의 평평한 구간에 있어 기울기가 "
          + "사라집니다. 입력의 규모를 맞추고 초기값을 줄이거나, 정규화 층이나 ReLU 계열 함수를 사용하십시오."))
  }
}
