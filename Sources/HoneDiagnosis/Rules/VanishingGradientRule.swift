import Foundation
public import HoneRecords
import HoneText

/// Gradients, or the signal itself, that fade on their way through the layers of a model that fails.
public struct VanishingGradientRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.vanishingGradient

  /// The first layer's gradient over the last layer's.
  static let smallestRatio = 1e-3

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    guard let layers = LayerSignals(evidence), let shortfall = Shortfall(evidence),
      shortfall != .failed
    else { return nil }
    let limit = log10(Self.smallestRatio)
    var shown: [Evidence] = []
    var distance = 0.0
    if let ratio = layers.gradientRatio, ratio < limit {
      shown.append(
        Evidence(
          signal: "firstOverLastGradient", value: pow(10, ratio), threshold: Self.smallestRatio,
          comparison: .below, source: "Glorot and Bengio 2010; Zhang et al. 2021 (1e-3)"))
      distance = limit - ratio
    }
    if let ratio = layers.signalRatio, ratio < limit {
      shown.append(
        Evidence(
          signal: "lastOverFirstSpread", value: pow(10, ratio), threshold: Self.smallestRatio,
          comparison: .below, source: "Schoenholz et al. 2017: samples become indistinguishable"))
      distance = max(distance, limit - ratio)
    }
    guard !shown.isEmpty else { return nil }
    return Finding(
      id: id, severity: .critical,
      confidence: min(Confidence.beyond(distance), shortfall.confidence), layer: layers.paths.first,
      epoch: 1, evidence: shown, remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "On the way through \(layers.paths.count) layers the gradient shrinks until the first layers "
          + "hardly learn, and the model stays behind. Use rectifiers with their initialization, "
          + "normalization, shortcuts around layers, or fewer layers.",
        korean: "층 \(layers.paths.count)개를 거치는 동안 기울기가 소실되어 앞쪽 층이 거의 학습되지 않고 있습니다. ReLU 계열 "
          + "활성화 함수와 그에 맞는 초기화, 정규화 층, 잔차 연결을 사용하거나 층수를 줄이십시오."))
  }
}
