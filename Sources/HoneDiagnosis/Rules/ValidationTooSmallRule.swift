import Foundation
public import HoneRecords
import HoneText

/// The validation split is too small to show the differences that improvement is made of.
public struct ValidationTooSmallRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.validationTooSmall

  /// Two standard errors of a metric that is a fraction.
  static let largestError = 0.05
  /// Two standard errors of another metric over its value.
  static let largestRelativeError = 0.2

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    let run = evidence.run
    guard run.task.validationSamples > 0 else { return nil }
    let curve = LearningCurves(evidence).validationMetric
    guard let last = curve.last else { return nil }
    let isFraction = run.task.kind != .regression && (0...1).contains(last.value)
    guard let error = last.error ?? (isFraction ? binomialError(last.value, run) : nil) else {
      return nil
    }
    let width = isFraction ? 2 * error : 2 * error / max(abs(last.value), .leastNonzeroMagnitude)
    let threshold = isFraction ? Self.largestError : Self.largestRelativeError
    guard width > threshold else { return nil }
    let needed = Int(
      (Double(run.task.validationSamples) * (width / threshold) * (width / threshold)).rounded(.up))
    return Finding(
      id: id, severity: .info, confidence: Confidence.above(width, threshold: threshold),
      evidence: [
        Evidence(
          signal: "validationMetricError", value: width, threshold: threshold,
          comparison: .above, source: "two standard errors over samples")
      ],
      remedies: RemedyCatalogue(for: run).remedies(for: id),
      message: Localized(
        "With \(run.task.validationSamples) validation samples the metric is known only to "
          + "±\(isFraction ? Formatting.percent(width) : Formatting.percent(width) + " of its value"). About \(needed) "
          + "samples, or cross-validation, would show smaller differences.",
        korean: "검증 표본이 \(run.task.validationSamples)개여서 지표의 오차가 "
          + "±\(Formatting.percent(width))\(isFraction ? "" : "(상대 오차)")에 이릅니다. 더 작은 차이를 보려면 표본이 "
          + "\(needed)개쯤 필요하며, 교차 검증을 쓸 수도 있습니다."))
  }

  private func binomialError(_ share: Double, _ run: RunRecord) -> Double? {
    guard run.metric == "accuracy" else { return nil }
    return (share * (1 - share) / Double(run.task.validationSamples)).squareRoot()
  }
}
