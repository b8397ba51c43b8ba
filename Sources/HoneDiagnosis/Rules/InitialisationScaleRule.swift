import Foundation
public import HoneRecords
import HoneText

/// Initial weights far from the scale that keeps a signal's size, with an effect that shows.
public struct InitialisationScaleRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.initialisationScale

  /// The factor by which a layer's weights may multiply the signal: published rules lie between 0.58
  /// (LeCun 1998, uniform) and 1.41 (He 2015); a factor of four beyond either is not one of them.
  static let range = 0.14...5.7

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    guard let facts = evidence.run.preflight?.layers, facts.count > 1 else { return nil }
    let hidden = facts.dropLast().filter { fact in
      !fact.followers.contains { $0.hasSuffix("Norm") } && fact.weight > 0
    }
    let worst = hidden.max { deviation($0) < deviation($1) }
    guard let worst, !Self.range.contains(gain(worst)), let effect = effect(evidence) else {
      return nil
    }
    let gain = gain(worst)
    let isLarge = gain > Self.range.upperBound
    let threshold = isLarge ? Self.range.upperBound : Self.range.lowerBound
    return Finding(
      id: id, severity: .critical,
      confidence: min(
        isLarge
          ? Confidence.above(gain, threshold: threshold)
          : Confidence.below(gain, threshold: threshold), Confidence.ceiling),
      layer: worst.path, epoch: nil,
      evidence: [
        Evidence(
          signal: "weightGain", value: gain, threshold: threshold,
          comparison: isLarge ? .above : .below,
          source: "root mean square of the weights times the root of their inputs; He et al. 2015"),
        effect,
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "The initial weights of layer \(worst.path) multiply the size of the signal by about "
          + "\(Formatting.significant(gain)); 1 to 1.4 keeps it. Initialize by the number of inputs "
          + "(Kaiming for rectifiers, Xavier else).",
        korean:
          "층 \(worst.path)의 초기 가중치가 신호의 크기를 약 \(Formatting.significant(gain))배로 만듭니다. 1~1.4배가 "
          + "알맞으므로 입력 수에 맞춰 초기화하십시오(ReLU 계열은 Kaiming, 그 밖에는 Xavier)."))
  }

  private func gain(_ fact: LayerFact) -> Double {
    fact.weight * Double(max(fact.inputs, 1)).squareRoot()
  }

  private func deviation(_ fact: LayerFact) -> Double { abs(log(max(gain(fact), 1e-30))) }

  /// What the scale does: a run that falls short, or an initial loss far above that of knowing nothing.
  private func effect(_ evidence: RunEvidence) -> Evidence? {
    let source = "an unusual scale is a fault where it shows"
    if let preflight = evidence.run.preflight, let loss = preflight.initialLoss,
      let expected = preflight.expectedInitialLoss, expected > 0,
      loss > 4 * InitialLossRule.classificationRatio * expected
    {
      return Evidence(
        signal: "initialLossRatio", value: loss / expected,
        threshold: 4 * InitialLossRule.classificationRatio, comparison: .above, source: source)
    }
    if Shortfall(evidence) == nil { return nil }
    return Evidence(
      signal: "explainedLoss", value: LearningCurves(evidence).explained ?? 0,
      threshold: NotLearningRule.smallestShare, comparison: .below, source: source)
  }
}
