import Foundation
import HoneNumerics
public import HoneRecords
import HoneText

/// Single steps have gradients many times the usual, and the loss suffers.
public struct ExplodingGradientRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.explodingGradient

  /// The 99th percentile of the gradient norm over the median of the steps around it.
  static let largestRatio = 30.0
  /// Sampled steps on either side that a step is measured against.
  static let neighbours = 15
  /// Sampled steps that a percentile needs.
  static let minimumSteps = 50

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    let recorded = evidence.steps.filter { $0.gradientNorm != nil }
    let overflow = recorded.first { $0.gradientNorm?.isFinite == false && $0.loss.isFinite }
    let norms = recorded.compactMap(\.gradientNorm).filter { $0.isFinite && $0 > 0 }
    var evidenceList: [Evidence] = []
    var confidence = 0.0
    if norms.count >= Self.minimumSteps {
      let ratio = Self.overNeighbours(norms).quantile(0.99)
      let losses = evidence.steps.map(\.loss).filter(\.isFinite)
      let hasSpike = (losses.max() ?? 0) > Divergence.factor * (losses.first ?? .infinity)
      let hasFailed = evidence.steps.contains { !$0.loss.isFinite }
      if ratio > Self.largestRatio, hasSpike || hasFailed {
        evidenceList.append(
          Evidence(
            signal: "gradientNormTail", value: ratio, threshold: Self.largestRatio,
            comparison: .above,
            source: "99th percentile over the median of the steps around; Pascanu et al. 2013"))
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
    let growth = growth(evidence)
    if let growth {
      evidenceList.append(growth.evidence)
      confidence = max(confidence, growth.confidence)
    }
    guard !evidenceList.isEmpty else { return nil }
    return Finding(
      id: id, severity: .critical, confidence: confidence, layer: growth?.layer,
      epoch: overflow?.epoch ?? (growth == nil ? nil : 1),
      evidence: evidenceList, remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "Some steps have gradients many times larger than the usual, and the loss jumps with them. "
          + "Lower the learning rate or clip the gradients by their norm.",
        korean: "일부 단계의 기울기가 평소보다 훨씬 크고, 이때 손실도 함께 치솟습니다. 학습률을 낮추거나 "
          + "기울기의 노름을 클리핑하십시오."))
  }

  /// Each norm over the median of those around it: gradients shrink as a run converges, and that the first
  /// ones are larger than the last is no fault.
  private static func overNeighbours(_ norms: [Double]) -> [Double] {
    norms.indices.map { index in
      let around = norms[max(0, index - neighbours)...min(norms.count - 1, index + neighbours)]
      return norms[index] / Array(around).median()
    }
  }

  /// The factor by which the signal, or the gradient on its way back, may grow from end to end.
  static let largestGrowth = 1e3

  /// A signal that overflows, or grows beyond bounds, on its way through the layers in the first step
  /// of a run that fails.
  private func growth(
    _ evidence: RunEvidence
  ) -> (evidence: Evidence, confidence: Double, layer: String)? {
    guard let layers = LayerSignals(evidence), Shortfall(evidence) != nil,
      let first = layers.samples.first
    else { return nil }
    if let broken = first.layers.firstIndex(where: { !$0.isFinite }),
      let sound = first.layers.first?.output, broken > 0 || sound.isFinite
    {
      return (
        Evidence(
          signal: "overflowingLayer", value: Double(broken + 1), threshold: 0, comparison: .above,
          source: "IEEE 754: the outputs of this layer are infinite in the first step"),
        Confidence.ceiling, first.layers[broken].path
      )
    }
    guard let start = first.layers.first?.output, start > 0,
      let largest = first.layers.max(by: { $0.output ?? 0 < $1.output ?? 0 }),
      let size = largest.output
    else { return nil }
    let backwards = first.layers.first?.gradient.flatMap { gradient in
      first.layers.last?.gradient.map { gradient / max($0, 1e-30) }
    }
    let factor = max(size / start, backwards ?? 0)
    guard factor > Self.largestGrowth else { return nil }
    return (
      Evidence(
        signal: "growthThroughLayers", value: factor, threshold: Self.largestGrowth,
        comparison: .above, source: "first step, layer against layer; Pascanu et al. 2013"),
      Confidence.above(factor, threshold: Self.largestGrowth), largest.path
    )
  }
}
