public import HoneRecords
import HoneText

/// The untrained model's loss is far from that of knowing nothing.
public struct InitialLossRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.initialLoss

  /// Standard errors that the difference must exceed.
  static let standardErrors = 2.0
  /// The ratio allowed for classification: outputs of an ordinary initialisation have a variance of
  /// one or two, which adds less than the loss of knowing nothing.
  package static let classificationRatio = 2.0
  /// The ratio allowed for regression: an output variance of three times the targets'.
  package static let regressionRatio = 4.0
  /// Below this share of the expected loss an untrained model knows too much.
  package static let smallestRatio = 0.5
  /// The factor beyond the range from which the loss is a fault unless it was undone soon.
  static let harmfulFactor = 4.0
  /// The share of the epochs within which a beginning is undone soon.
  static let soon = 0.1
  /// The ratio to the loss of knowing nothing under which a training loss has left its beginning behind.
  static let undoneRatio = 1.2

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    guard let preflight = evidence.run.preflight, let loss = preflight.initialLoss,
      let expected = preflight.expectedInitialLoss, expected > 0, loss.isFinite
    else { return nil }
    let largest =
      evidence.run.task.kind == .regression ? Self.regressionRatio : Self.classificationRatio
    let ratio = loss / expected
    let error = preflight.initialLossError ?? 0
    guard ratio > largest || ratio < Self.smallestRatio,
      abs(loss - expected) > Self.standardErrors * error
    else { return nil }
    let isLarge = ratio > largest
    let threshold = isLarge ? largest : Self.smallestRatio
    // A few times too large is forgotten within an epoch, unless the run shows otherwise.
    let factor = isLarge ? ratio / threshold : threshold / max(ratio, 1e-30)
    let isFine =
      isUndone(evidence, expected, within: Self.soon)
      || (factor < Self.harmfulFactor && !evidence.epochs.isEmpty
        && (isUndone(evidence, expected, within: 1)
          || (evidence.run.preflight?.neighbours != nil && Shortfall(evidence) == nil)))
    return Finding(
      id: id, severity: isFine ? .info : .warning,
      confidence: isLarge
        ? Confidence.above(ratio, threshold: threshold)
        : Confidence.below(ratio, threshold: threshold),
      epoch: nil,
      evidence: [
        Evidence(
          signal: "initialLossRatio", value: ratio, threshold: threshold,
          comparison: isLarge ? .above : .below,
          source: "entropy of the class frequencies, or variance of the targets; Karpathy 2019")
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: isLarge ? large(loss, expected) : small(loss, expected))
  }

  /// Whether training has brought the loss to that of knowing nothing within a share of its epochs: a bad
  /// beginning that is undone explains nothing that comes later.
  private func isUndone(
    _ evidence: RunEvidence, _ expected: Double, within share: Double
  ) -> Bool {
    let curve = LearningCurves(evidence).trainMode
    let first = curve.prefix(Int((share * Double(curve.count)).rounded(.down)))
    return first.contains { $0.value < Self.undoneRatio * expected }
  }

  private func large(_ loss: Double, _ expected: Double) -> Localized {
    Localized(
      "Before training the loss is \(Formatting.significant(loss)); a model that knows nothing would have "
        + "\(Formatting.significant(expected)). The outputs start too large: check the scale of the inputs, the "
        + "last layer's initialization and the reduction of the loss.",
      korean:
        "학습 전 손실이 \(Formatting.significant(loss))입니다. 아무것도 모르는 모델이라면 \(Formatting.significant(expected))이어야 합니다. "
        + "출력이 너무 크게 시작하므로 입력의 규모, 마지막 층의 초기화, 손실의 집계 방식을 확인하십시오.")
  }

  private func small(_ loss: Double, _ expected: Double) -> Localized {
    Localized(
      "Before training the loss is \(Formatting.significant(loss)), below the \(Formatting.significant(expected)) of a model that "
        + "knows nothing. The loss is reduced wrongly or the inputs give the labels away.",
      korean:
        "학습 전 손실이 \(Formatting.significant(loss))로, 아무것도 모르는 모델의 \(Formatting.significant(expected))보다 낮습니다. "
        + "손실의 집계가 잘못되었거나 입력에 정답이 들어 있습니다.")
  }
}
