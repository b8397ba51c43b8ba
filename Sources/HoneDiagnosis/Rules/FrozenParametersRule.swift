public import HoneRecords
import HoneText

/// Layers that do not move though nobody asked for it.
public struct FrozenParametersRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.frozenParameters

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    let run = evidence.run
    let settings = RunSettings(run)
    guard run.pretrained == nil, [nil, "none"].contains(settings.value("model.freeze")),
      settings.value("model.unfreeze") == nil, let facts = run.preflight?.layers,
      facts.count > 1
    else { return nil }
    let frozen = facts.filter { !$0.isTrainable }.map(\.path)
    let still = unmoved(evidence)
    guard let first = frozen.first ?? still.first else { return nil }
    let count = frozen.isEmpty ? still.count : frozen.count
    return Finding(
      id: id, severity: .warning, confidence: Confidence.ceiling, layer: first, epoch: 1,
      evidence: [
        Evidence(
          signal: frozen.isEmpty ? "unmovedLayers" : "frozenLayers", value: Double(count),
          threshold: 0, comparison: .above,
          source: "a model without pretrained weights has to learn all of its layers")
      ],
      remedies: RemedyCatalogue(for: run).remedies(for: id),
      message: Localized(
        "Layer \(first) keeps its random weights (\(count) of \(facts.count) layers): it is frozen or "
          + "missing from the optimizer. Give the optimizer all parameters.",
        korean: "층 \(first)의 가중치가 초기 무작위 값에서 변하지 않습니다(층 \(facts.count)개 중 \(count)개). 고정되어 있거나 최적화 "
          + "대상에서 빠져 있으므로 모든 매개변수를 최적화 기법에 전달하십시오."))
  }

  /// Layers that receive gradients and never change, while others do.
  private func unmoved(_ evidence: RunEvidence) -> [String] {
    guard let samples = evidence.run.layerSamples, samples.count >= 3 else { return [] }
    let steps = samples.filter { sample in sample.layers.contains { $0.update ?? 0 > 0 } }
    guard steps.count >= 3 else { return [] }
    return steps[0].layers.map(\.path).filter { path in
      steps.allSatisfy { sample in
        sample.layers.contains { $0.path == path && $0.update == 0 && ($0.gradient ?? 0) > 0 }
      }
    }
  }
}
