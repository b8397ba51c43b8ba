public import HoneRecords
import HoneText

/// Steps that go uphill, weights that no gradient reaches, samples that leak into each other.
public struct GradientFlowRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.gradientFlow

  /// The share of sampled steps that must go uphill.
  static let uphillShare = 0.75

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    let slopes = (evidence.run.layerSamples ?? []).compactMap(\.descent)
    let uphill = slopes.isEmpty ? 0 : Double(slopes.count { $0 > 0 }) / Double(slopes.count)
    // The first step of every descent method goes downhill; later ones may follow their momentum.
    if let first = slopes.first, first > 0, uphill >= Self.uphillShare {
      return finding(
        evidence, nil, signal: "uphillSteps", value: uphill, threshold: Self.uphillShare,
        source: "a step downhill has a negative product with the gradient; Nocedal and Wright 3.1",
        Localized(
          "The steps go along the gradient, uphill: the loss is made as large as possible. Check the "
            + "sign of the learning rate and of the loss.",
          korean: "갱신이 기울기와 같은 방향, 곧 손실이 커지는 방향입니다. 학습률과 손실의 부호를 확인하십시오."))
    }
    if let detached = detachedLayer(evidence) {
      return finding(
        evidence, detached, signal: "layersWithoutGradient", value: 1, threshold: 0,
        source: "every trainable weight takes part in the loss",
        Localized(
          "No gradient ever reaches layer \(detached), though it may be trained: it is detached from "
            + "the loss or not used. Check the forward pass.",
          korean: "층 \(detached)은(는) 학습 대상인데도 기울기가 전혀 전달되지 않습니다. 손실과 끊어져 있거나 쓰이지 않으므로 순전파 "
            + "코드를 확인하십시오."))
    }
    guard evidence.run.preflight?.wiring?.outputLeaks == true else { return nil }
    return finding(
      evidence, nil, signal: "samplesThatLeak", value: 1, threshold: 0,
      source: "in evaluation mode an answer depends on its own input alone; Karpathy 2019",
      Localized(
        "A sample's output changes with the inputs of other samples, in evaluation mode too. Look for "
          + "an operation that runs over the batch dimension.",
        korean: "평가 모드에서도 한 표본의 출력이 다른 표본의 입력에 따라 달라집니다. 배치 차원에 걸쳐 계산하는 연산이 있는지 확인하십시오."))
  }

  private func detachedLayer(_ evidence: RunEvidence) -> String? {
    guard let samples = evidence.run.layerSamples, samples.count >= 2,
      samples.allSatisfy({ $0.layers.contains { $0.gradient ?? 0 > 0 } })
    else { return nil }
    let trainable = Set((evidence.run.preflight?.layers ?? []).filter(\.isTrainable).map(\.path))
    return samples[0].layers.map(\.path).first { path in
      trainable.contains(path)
        && samples.allSatisfy { sample in
          sample.layers.contains { $0.path == path && $0.gradient == nil && $0.isFinite }
        }
    }
  }

  private func finding(
    _ evidence: RunEvidence, _ layer: String?, signal: String, value: Double, threshold: Double,
    source: String, _ message: Localized
  ) -> Finding {
    Finding(
      id: id, severity: .critical, confidence: Confidence.ceiling, layer: layer, epoch: 1,
      evidence: [
        Evidence(
          signal: signal, value: value, threshold: threshold, comparison: .above, source: source)
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id), message: message)
  }
}
