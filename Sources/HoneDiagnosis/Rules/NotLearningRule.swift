public import HoneRecords
import HoneText

/// The training loss stays where a model that knows nothing begins.
public struct NotLearningRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.notLearning

  /// The share of the loss that must be explained to count as learning.
  static let smallestShare = 0.02

  /// The rule; it has no settings.
  public init() {}

  /// Whether the answers on new data are clearly better than knowing nothing, however large the loss.
  private func answersBetter(_ evidence: RunEvidence) -> Bool {
    guard evidence.run.task.kind != .regression, let score = Shortfall.score(evidence),
      let blind = Shortfall.blindScore(evidence.run)
    else { return false }
    return score.value > blind + max(4 * score.error, 0.1)
  }

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    let curves = LearningCurves(evidence)
    guard curves.referenceIsKnown, curves.train.count >= 4, let reference = curves.reference,
      let explained = curves.explained
    else { return nil }
    let tail = curves.tail(curves.train)
    let error = curveNoise(curves.train.map(\.value)) / reference
    // Two standard errors of the tail's median below the threshold, and no fall that goes on.
    let tailError = error / Double(tail.count).squareRoot()
    guard explained + 2 * tailError < Self.smallestShare, !answersBetter(evidence) else {
      return nil
    }
    let distance = (Self.smallestShare - explained) / max(tailError, Self.smallestShare / 4)
    return Finding(
      id: id, severity: .critical, confidence: Confidence.beyond(distance - 2),
      epoch: curves.train.first?.epoch,
      evidence: [
        Evidence(
          signal: "explainedLoss", value: explained, threshold: Self.smallestShare,
          comparison: .below, source: "loss of always giving the class frequencies or the mean")
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "After \(curves.train.count) epochs the training loss is "
          + "\(Formatting.significant(reference * (1 - explained))); answering without looking at the input gives "
          + "\(Formatting.significant(reference)). The model has learned nothing yet: check learning rate, labels "
          + "and loss before anything else.",
        korean: "에폭 \(curves.train.count)개를 학습한 뒤에도 학습 손실이 "
          + "\(Formatting.significant(reference * (1 - explained)))로, 입력을 보지 않고 답할 때의 \(Formatting.significant(reference))와 "
          + "다르지 않습니다. 모델이 아무것도 학습하지 못했으므로 학습률, 레이블, 손실 함수부터 확인하십시오."))
  }
}
