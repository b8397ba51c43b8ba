import Foundation
import HoneNumerics
public import HoneRecords
import HoneText

/// Single steps have gradients many times the usual, and the loss suffers.
public struct ExplodingGradientRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.explodingGradient

  /// The 99th percentile of the gradient norm over its median.
  static let largestRatio = 30.0
  /// Sampled steps that a percentile needs.
  static let minimumSteps = 50

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    // Gradients shrink as a run converges: each is measured against its own epoch.
    let recorded = evidence.steps.filter { $0.gradientNorm != nil }
    let overflow = recorded.first { $0.gradientNorm?.isFinite == false && $0.loss.isFinite }
    let norms = recorded.compactMap(\.gradientNorm).filter { $0.isFinite && $0 > 0 }
    var evidenceList: [Evidence] = []
    var confidence = 0.0
    if norms.count >= Self.minimumSteps {
      let ratio = norms.quantile(0.99) / norms.median()
      let losses = evidence.steps.map(\.loss).filter(\.isFinite)
      let hasSpike = (losses.max() ?? 0) > Divergence.factor * (losses.first ?? .infinity)
      let hasFailed = evidence.steps.contains { !$0.loss.isFinite }
      if ratio > Self.largestRatio, hasSpike || hasFailed {
        evidenceList.append(
          Evidence(
            signal: "gradientNormTail", value: ratio, threshold: Self.largestRatio,
            comparison: .above, source: "99th percentile over median; Pascanu et al. 2013"))
        confidence = Confidence.above(ratio, threshold: Self.largestRatio)
      }
    }
    if overflow != nil {
      evidenceList.append(
        Evidence(
          signal: "nonFiniteGradients", value: 1, threshold: 0, comparison: .above,
          source: "IEEE 754: a finite loss with an infinite gradient"))
      confidence = Confidence.ceiling
    }
    guard !evidenceList.isEmpty else { return nil }
    return Finding(
      id: id, severity: .critical, confidence: confidence, epoch: overflow?.epoch,
      evidence: evidenceList, remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "Some steps have gradients many times larger than the usual, and the loss jumps with them. "
          + "Lower the learning rate or clip the gradients by their norm.",
        korean: "일부 단계의 기울기가 평소보다 훨씬 크고, 이때 손실도 함께 치솟습니다. 학습률을 낮추거나 "
          + "기울기의 노름을 클리핑하십시오."))
  }
}
