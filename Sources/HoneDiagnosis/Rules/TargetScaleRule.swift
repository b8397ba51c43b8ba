public import HoneRecords
import HoneText

/// Regression targets whose variance, as the loss sees them, is far from 1.
public struct TargetScaleRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.targetScale

  /// Variances outside this range need learning rates a hundred times smaller or larger than the
  /// defaults, which are made for targets of variance 1.
  static let range = 1e-4...1e2

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    guard evidence.run.task.kind == .regression,
      let variance = evidence.run.preflight?.expectedInitialLoss, variance > 0, variance.isFinite,
      !Self.range.contains(variance)
    else { return nil }
    let isLarge = variance > Self.range.upperBound
    let threshold = isLarge ? Self.range.upperBound : Self.range.lowerBound
    return Finding(
      id: id, severity: .warning,
      confidence: isLarge
        ? Confidence.above(variance, threshold: threshold)
        : Confidence.below(variance, threshold: threshold),
      evidence: [
        Evidence(
          signal: "targetVariance", value: variance, threshold: threshold,
          comparison: isLarge ? .above : .below,
          source: "default learning rates are made for targets of variance 1 (Bishop 1995, 8.2)")
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "The loss of always answering the mean target is \(Formatting.significant(variance)); standardized targets "
          + "have 1. Gradients scale with the targets, so usual learning rates do not fit. "
          + "Standardize the targets.",
        korean: "항상 목표값의 평균을 답할 때의 손실이 \(Formatting.significant(variance))입니다. 표준화한 목표값이라면 1입니다. "
          + "기울기가 목표값에 비례하여 일반적인 학습률이 맞지 않으므로 목표값을 표준화하십시오."))
  }
}
