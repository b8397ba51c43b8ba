import Foundation
public import HoneRecords
import HoneText

/// Activations whose spread leaves the range that weights are made for, in a model that stays behind.
public struct ActivationScaleRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.activationScale

  /// The spread of a hidden layer's outputs, from sample to sample.
  package static let range = 1e-2...1e2

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    guard let layers = LayerSignals(evidence), let shortfall = Shortfall(evidence),
      let first = layers.samples.first
    else { return nil }
    let hidden = first.layers.dropLast().filter { !layers.isNormalized($0.path) }
    let outside = hidden.first { layer in
      layer.outputSpread.map { !Self.range.contains($0) } ?? false
    }
    guard let outside, let spread = outside.outputSpread else { return nil }
    let isLarge = spread > Self.range.upperBound
    let threshold = isLarge ? Self.range.upperBound : Self.range.lowerBound
    return Finding(
      id: id, severity: .warning,
      confidence: min(
        isLarge
          ? Confidence.above(spread, threshold: threshold)
          : Confidence.below(spread, threshold: threshold), shortfall.confidence),
      layer: outside.path, epoch: 1,
      evidence: [
        Evidence(
          signal: "outputSpread", value: spread, threshold: threshold,
          comparison: isLarge ? .above : .below,
          source: "He et al. 2015, section 2.2: every layer should keep a variance of about 1")
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "Before training, the outputs of layer \(outside.path) differ from sample to sample by "
          + "\(Formatting.significant(spread)); about 1 is meant. Initialize by the activation, or "
          + "normalize.",
        korean:
          "학습 전 층 \(outside.path)의 출력이 표본에 따라 \(Formatting.significant(spread))만큼 달라집니다. 1 정도가 "
          + "알맞으므로 활성화 함수에 맞게 초기화하거나 정규화 층을 사용하십시오."))
  }
}
