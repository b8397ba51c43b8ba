import Foundation
import HoneNumerics
public import HoneRecords
import HoneText

/// The loss falls steadily, but by steps far smaller than the model could take.
public struct LearningRateTooLowRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.learningRateTooLow

  /// The median ratio of update to weight norm below which weights hardly move; 1e-3 is usual.
  static let smallestUpdateRatio = 1e-5
  /// The share of the range test's suggestion below which a rate is small.
  static let smallestShare = 0.1
  /// The sum of all relative updates under which weights have stayed where they were drawn.
  static let shortestPath = 0.1

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    let curves = LearningCurves(evidence)
    // Where gradients vanish on their way, no learning rate is high enough.
    if let ratio = LayerSignals(evidence)?.gradientRatio,
      ratio < log10(VanishingGradientRule.smallestRatio)
    {
      return nil
    }
    let tail = curves.tail(curves.train)
    guard let trend = TrendLine(tail), trend.upper < 0, let explained = curves.explained,
      explained < 0.9
    else { return nil }
    // It must still be far from the end, not merely creeping along it.
    let signs = [updateSign(evidence), rangeSign(evidence), pathSign(evidence)].compactMap { $0 }
    guard let best = signs.map(\.1).max() else { return nil }
    let rate = evidence.epochs.map(\.learningRate).max() ?? 0
    return Finding(
      id: id, severity: .warning, confidence: best, epoch: tail.first?.epoch,
      evidence: signs.map(\.0)
        + [
          Evidence(
            signal: "trainLossSlope", value: trend.slope, threshold: 0, comparison: .below,
            source: "Theil-Sen slope of the last quarter, 95 % interval below 0")
        ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "The training loss falls smoothly and is far from settled, while each step hardly moves the "
          + "weights. The learning rate of \(Formatting.significant(rate)) is too low for this many epochs.",
        korean: "학습 손실이 매끄럽게 감소하지만 수렴과는 거리가 멀고, 단계마다 가중치가 거의 움직이지 않습니다. "
          + "학습률 \(Formatting.significant(rate))은(는) 이 에폭 수에 비해 너무 낮습니다."))
  }

  private func updateSign(_ evidence: RunEvidence) -> (Evidence, Double)? {
    let ratios =
      evidence.steps.compactMap(\.updateRatio) + evidence.epochs.compactMap(\.updateRatio)
    let finite = ratios.filter(\.isFinite)
    guard finite.count >= 3 else { return nil }
    let value = finite.median()
    guard value < Self.smallestUpdateRatio else { return nil }
    return (
      Evidence(
        signal: "updateRatio", value: value, threshold: Self.smallestUpdateRatio,
        comparison: .below, source: "CS231n: about 1e-3 is healthy; a hundredth is not"),
      Confidence.below(value, threshold: Self.smallestUpdateRatio)
    )
  }

  /// Weights that, all steps put end to end, cannot have moved by a tenth of their size.
  private func pathSign(_ evidence: RunEvidence) -> (Evidence, Double)? {
    let finite = evidence.steps.compactMap(\.updateRatio).filter(\.isFinite)
    guard finite.count >= 3, let last = evidence.epochs.map(\.step).max(), last > 0,
      Shortfall(evidence) != nil
    else { return nil }
    let path = finite.median() * Double(last)
    guard path < Self.shortestPath else { return nil }
    return (
      Evidence(
        signal: "relativePath", value: path, threshold: Self.shortestPath, comparison: .below,
        source: "median update ratio times steps: the weights are still those drawn at random"),
      Confidence.below(path, threshold: Self.shortestPath)
    )
  }

  private func rangeSign(_ evidence: RunEvidence) -> (Evidence, Double)? {
    guard let test = evidence.run.preflight?.rangeTest, test.verdict == .clear,
      let suggestion = test.suggestion,
      let used = evidence.epochs.map(\.learningRate).max(), used > 0,
      used < Self.smallestShare * suggestion
    else { return nil }
    return (
      Evidence(
        signal: "learningRate", value: used, threshold: Self.smallestShare * suggestion,
        comparison: .below, source: "a tenth of the range test's suggestion (Smith 2017)"),
      Confidence.below(used, threshold: Self.smallestShare * suggestion)
    )
  }
}
