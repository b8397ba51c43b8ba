public import HoneRecords
import HoneText

/// The loss became infinite or not a number.
public struct NonFiniteLossRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.nonFiniteLoss

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    let badSteps = evidence.steps.filter { !$0.loss.isFinite }
    let badEpochs = evidence.epochs.filter {
      !$0.trainLoss.isFinite || $0.validationLoss?.isFinite == false
    }
    guard !badSteps.isEmpty || !badEpochs.isEmpty else { return nil }
    let epoch = [badSteps.first?.epoch, badEpochs.first?.epoch].compactMap { $0 }.min()
    let count = badSteps.isEmpty ? badEpochs.count : badSteps.count
    let place = badSteps.first.map { "step \($0.step)" } ?? "epoch \(epoch ?? 0)"
    let koreanPlace = badSteps.first.map { "\($0.step)번째 단계" } ?? "에폭 \(epoch ?? 0)"
    return Finding(
      id: id, severity: .critical, confidence: 1, epoch: epoch,
      evidence: [
        Evidence(
          signal: badSteps.isEmpty ? "nonFiniteEpochs" : "nonFiniteSteps", value: Double(count),
          threshold: 0, comparison: .above, source: "IEEE 754: no loss is infinite or NaN")
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: Localized(
        "The loss became infinite or NaN at \(place). From there on every weight is lost. "
          + "Usual causes are unscaled inputs, too high a learning rate, or values missing in "
          + "the data.",
        korean: "\(koreanPlace)에서 손실이 무한대나 NaN이 되었습니다. 이후의 가중치는 쓸 수 없습니다. "
          + "입력의 규모, 지나치게 높은 학습률, 데이터의 결측값이 흔한 원인입니다."))
  }
}
