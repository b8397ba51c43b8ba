import HoneRecords
import HoneText

/// Remedies for how a model begins, and the recipe that begins well.
extension RemedyCatalogue {
  /// Weights that keep the scale of activations: He's for rectifiers, Glorot's for bounded ones.
  var initialization: Remedy? {
    let change = initializationChange
    guard !change.isEmpty else { return nil }
    return Remedy(
      id: "initialization", change: change, effort: .short,
      rationale: Localized(
        "Weights drawn with variance by the number of inputs keep signals in scale from layer to "
          + "layer (Glorot and Bengio 2010; He et al. 2015).",
        korean: "입력 수에 따라 분산을 정해 가중치를 뽑으면 층을 지나도 신호의 크기가 유지됩니다(Glorot와 Bengio "
          + "2010, He 외 2015)."))
  }

  private var initializationChange: [String: ConfigurationValue] {
    let names =
      layers?.hiddenActivations ?? [settings.word("model.activation") ?? "relu"]
    let isBounded = names.contains { ["tanh", "sigmoid", "softsign", "hardTanh"].contains($0) }
    let kind = isBounded ? "xavierUniform" : "kaimingUniform"
    var change = layersChange { $0.forgetInitializers() } ?? [:]
    if settings.word("model.initializer.kind") != kind || !change.isEmpty {
      change["model.initializer"] = ["kind": .string(kind)]
    }
    return change
  }

  /// Weights scaled layer by layer on a training batch.
  var layerwiseScale: Remedy? {
    guard settings.value("model.lsuv") == .bool(false) else { return nil }
    return Remedy(
      id: "layerwise-scale", change: ["model.lsuv": true], effort: .short,
      rationale: Localized(
        "Scaling each layer to unit variance on a real batch corrects what formulas miss (Mishkin "
          + "and Matas 2016).",
        korean: "실제 배치에서 각 층의 출력 분산을 1로 맞추면 공식으로 잡지 못한 차이까지 바로잡습니다(Mishkin과 "
          + "Matas 2016)."))
  }

  /// Rectifiers with weights that fit them.
  var reluWithInitialization: Remedy? {
    guard let relu = reluActivation else { return nil }
    var change = relu.change
    change["model.initializer"] = ["kind": "kaimingUniform"]
    if let edited = layersChange({
      $0.activate(with: "relu")
      $0.forgetInitializers()
    }) {
      change.merge(edited) { $1 }
    }
    return Remedy(
      id: "relu-initialization", change: change, effort: .short,
      rationale: Localized(
        "Rectifiers with He's initialization carry gradients through deep networks (He et al. 2015).",
        korean: "ReLU와 He 초기화를 함께 쓰면 깊은 신경망에서도 기울기가 전달됩니다(He 외 2015)."))
  }

  /// What usually trains: scaled inputs, rectifiers, their initialization, batch normalization, AdamW
  /// at its usual rate, the task's own loss, light penalties.
  var standardRecipe: Remedy? {
    var change: [String: ConfigurationValue] = [:]
    for remedy in [normalizeInput, targetScaling, lossPairing, optimizer, noPenalty] {
      change.merge(remedy?.change ?? [:]) { $1 }
    }
    if let edited = layersChange({ list in
      list.endRaw()
      list.activate(with: "relu")
      list.forgetInitializers()
      list.scaleDropout(by: 0)
      list.hastenRunningAverages(to: Self.usualBatchMomentum)
      if !isTiny { list.normalize(with: ["batchNorm": [:]]) }
    }) {
      change.merge(edited) { $1 }
      change["model.initializer"] = ["kind": "kaimingUniform"]
    } else if layers == nil {
      for remedy in [batchNorm, reluActivation, initialization] {
        change.merge(remedy?.change ?? [:]) { $1 }
      }
    }
    guard change.count >= 2 else { return nil }
    return Remedy(
      id: "standard-recipe", change: change, effort: .short,
      rationale: Localized(
        "A first try is best made of parts that are known to train together; what of it matters is "
          + "then told apart by leaving each out.",
        korean: "먼저 함께 잘 학습되는 것으로 알려진 구성을 시도하고, 하나씩 빼 보며 무엇이 효과가 있었는지 가립니다."))
  }

  /// Whether batch statistics would be of few samples.
  private var isTiny: Bool {
    (settings.number("data.batchSize") ?? 32) < 16 || run.task.trainSamples < 128
  }
}
