import HoneRecords
import HoneText

/// Remedies that take penalties and disturbances away, or weaken them.
extension RemedyCatalogue {
  /// No dropout, no penalties.
  var noPenalty: Remedy? {
    var change = layersChange { $0.scaleDropout(by: 0) } ?? [:]
    for key in [
      "model.dropout", "optimizer.weightDecay", "regularization.l1", "regularization.l2",
      "regularization.elasticNet.strength",
    ] {
      // A decay as small as AdamW's own is no burden.
      let harmless = key == "optimizer.weightDecay" ? 1e-2 : 0
      if let present = settings.number(key), present > harmless { change[key] = 0 }
    }
    guard !change.isEmpty else { return nil }
    return Remedy(
      id: "no-penalty", change: change, effort: .short,
      rationale: Localized(
        "Without penalties and dropout the model shows what it can fit at all.",
        korean: "규제와 드롭아웃을 모두 없애면 모델이 어디까지 적합될 수 있는지 드러납니다."))
  }

  /// Samples as they are.
  var noAugmentation: Remedy? {
    guard case .list(let steps) = settings.value("augment"), !steps.isEmpty else { return nil }
    return Remedy(
      id: "no-augmentation", change: ["augment": []], effort: .short,
      rationale: Localized(
        "Samples changed beyond recognition teach what the real ones do not show.",
        korean: "알아볼 수 없을 만큼 변형된 표본은 실제와 다른 것을 가르칩니다."))
  }

  /// The change that weakens penalties and dropout of written layers and ready models.
  var weakerPenalties: [String: ConfigurationValue] {
    var change = layersChange { $0.scaleDropout(by: 0.5) } ?? [:]
    if let dropout = settings.number("model.dropout"), dropout > 0 {
      change["model.dropout"] = .number(dropout / 2)
    }
    for key in ["optimizer.weightDecay", "regularization.l1", "regularization.l2"] {
      if let strength = settings.number(key), strength > 0 { change[key] = .number(strength / 10) }
    }
    return change
  }

  /// Fewer layers.
  var shallower: Remedy? {
    guard let change = layersChange({ $0.thin() }) else { return nil }
    return Remedy(
      id: "shallower", change: change, effort: .short,
      rationale: Localized(
        "Half the layers halve the way that gradients travel.",
        korean: "층을 절반으로 줄이면 기울기가 지나는 길도 절반이 됩니다."))
  }

  /// A loss that outliers and wrong labels pull at less.
  var robustLoss: Remedy? {
    guard run.task.kind == .regression,
      ["auto", "meanSquaredError"].contains(
        settings.word("loss.kind") ?? settings.word("loss") ?? "auto")
    else { return nil }
    return Remedy(
      id: "robust-loss", change: ["loss": ["kind": "huber"]], effort: .short,
      rationale: Localized(
        "Far from zero Huber's loss grows in a straight line, so single wrong values pull less "
          + "(Huber 1964).",
        korean: "후버 손실은 오차가 클 때 선형으로 커지므로 잘못된 값 몇 개에 덜 끌려갑니다(Huber 1964)."))
  }

  /// Targets of mean 0 and variance 1.
  var targetScaling: Remedy? {
    guard run.task.kind == .regression, settings.value("data.standardizeTargets") == .bool(false)
    else { return nil }
    return Remedy(
      id: "target-scaling", change: ["data.standardizeTargets": true], effort: .short,
      rationale: Localized(
        "Targets of mean 0 and variance 1 need no large weights to be reached.",
        korean: "목표값을 평균 0, 분산 1로 맞추면 큰 가중치 없이도 도달할 수 있습니다."))
  }
}
