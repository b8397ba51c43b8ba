import HoneRecords
import HoneText

extension RemedyCatalogue {
  /// Twice the width of a ready model.
  var wider: Remedy? {
    scaledWidth(2).map { change in
      Remedy(
        id: "wider", change: change, effort: .long,
        rationale: Localized(
          "Twice the width raises the capacity without making gradients travel further.",
          korean: "너비를 두 배로 늘리면 깊이를 바꾸지 않고 모델의 용량이 커집니다."))
    }
  }

  /// Half the width of a ready model.
  var narrower: Remedy? {
    scaledWidth(0.5).map { change in
      Remedy(
        id: "narrower", change: change, effort: .short,
        rationale: Localized(
          "A smaller model has less room to memorize the training samples.",
          korean: "모델을 줄이면 학습 데이터를 암기할 여지가 줄어듭니다."))
    }
  }

  /// Batch normalisation in a ready model that has none.
  var batchNorm: Remedy? {
    var change = layersChange { $0.normalize(with: ["batchNorm": [:]]) }
    if change == nil, let name = modelName, name != "resnet20",
      settings.word("model.normalization") ?? "none" == "none"
    {
      change = ["model.normalization": "batchNorm"]
    }
    guard let change else { return nil }
    return Remedy(
      id: "batch-norm", change: change, effort: .short,
      rationale: Localized(
        "Batch normalization keeps activations in scale and allows larger learning rates.",
        korean: "배치 정규화는 활성값의 규모를 일정하게 유지하여 더 큰 학습률을 쓸 수 있게 합니다."))
  }

  /// Dropout, or more of it.
  var dropout: Remedy? {
    if layers?.has("dropout") == false, let change = layersChange({ $0.addDropout(0.3) }) {
      return dropout(change)
    }
    guard let name = modelName else { return nil }
    let present = settings.number("model.dropout") ?? 0
    // Srivastava et al. 2014 drop half of fully connected and about a quarter of other units.
    let target = name == "mlp" ? 0.5 : 0.25
    guard present < target else { return nil }
    return dropout(["model.dropout": .number(target)])
  }

  private func dropout(_ change: [String: ConfigurationValue]) -> Remedy {
    Remedy(
      id: "dropout", change: change, effort: .short,
      rationale: Localized(
        "Dropout keeps units from relying on each other (Srivastava et al. 2014).",
        korean: "드롭아웃은 유닛들이 서로에게 의존하는 것을 막습니다(Srivastava 외 2014)."))
  }

  /// Half the dropout, a tenth of the weight decay.
  var lessRegularization: Remedy? {
    let change = weakerPenalties
    guard !change.isEmpty else { return nil }
    return Remedy(
      id: "less-regularization", change: change, effort: .short,
      rationale: Localized(
        "Weaker penalties let the model fit the training data first.",
        korean: "규제를 약하게 하면 모델이 우선 학습 데이터에 적합될 수 있습니다."))
  }

  private var modelName: String? {
    guard let name = settings.word("model.name") ?? settings.word("model"),
      ["mlp", "cnn", "resnet20"].contains(name)
    else { return nil }
    return name
  }

  private func scaledWidth(_ factor: Double) -> [String: ConfigurationValue]? {
    func scaled(_ width: Int) -> Int { max(4, Int((Double(width) * factor).rounded())) }
    if layers != nil { return layersChange { $0.widen(by: factor) } }
    switch modelName {
    case "mlp":
      let widths = settings.integers("model.widths") ?? [128, 64]
      return ["model.widths": .list(widths.map { .integer(scaled($0)) })]
    case "cnn": return ["model.width": .integer(scaled(settings.integer("model.width") ?? 16))]
    case "resnet20":
      return ["model.width": .integer(scaled(settings.integer("model.width") ?? 16))]
    default: return nil
    }
  }
}
