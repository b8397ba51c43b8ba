import Foundation
import HoneRecords
import HoneText

/// Remedies that make the parts of a model fit together.
extension RemedyCatalogue {
  /// The layers that the configuration writes out; nil for ready models.
  var layers: LayerList? { LayerList(settings.value("model.layers")) }

  /// The change that an edit of the written layers makes; nil where there are none or it makes none.
  func layersChange(_ edit: (inout LayerList) -> Void) -> [String: ConfigurationValue]? {
    guard var list = layers else { return nil }
    let before = list
    edit(&list)
    return list == before ? nil : ["model.layers": list.value]
  }

  /// The task's usual loss on raw outputs.
  var lossPairing: Remedy? {
    var change = layersChange { $0.endRaw() } ?? [:]
    let loss = settings.word("loss.kind") ?? settings.word("loss") ?? "auto"
    let usual: Set<String> = [
      "auto", run.task.kind == .regression ? "meanSquaredError" : "crossEntropy",
    ]
    if !usual.contains(loss) { change["loss"] = "auto" }
    guard !change.isEmpty else { return nil }
    return Remedy(
      id: "loss-pairing", change: change, effort: .short,
      rationale: Localized(
        "Cross-entropy and its softmax or sigmoid belong together on raw outputs: their common "
          + "gradient, prediction minus label, never vanishes.",
        korean: "교차 엔트로피는 소프트맥스·시그모이드와 함께 원 출력에 적용해야 합니다. 그러면 기울기가 예측과 정답의 "
          + "차이가 되어 사라지지 않습니다."))
  }

  /// A hidden activation whose gradient does not vanish.
  var reluActivation: Remedy? { activation("relu", id: "relu") }

  /// A hidden activation with a slope below zero.
  var leakyActivation: Remedy? { activation("leakyReLU", id: "leaky-relu") }

  private func activation(_ name: String, id: String) -> Remedy? {
    var change: [String: ConfigurationValue]
    if let list = layers {
      let present = Set(list.hiddenActivations)
      if list.isActivated, present == [name] || (present == ["relu"] && name == "relu") {
        return nil
      }
      guard let edited = layersChange({ $0.activate(with: name) }) else { return nil }
      change = edited
    } else {
      guard let present = settings.word("model.activation"), present != name else { return nil }
      change = ["model.activation": .string(name)]
    }
    return Remedy(
      id: id, change: change, effort: .short,
      rationale: name == "relu"
        ? Localized(
          "ReLU passes gradients on unchanged where it is active (Glorot et al. 2011).",
          korean: "ReLU는 활성화된 곳에서 기울기를 그대로 전달합니다(Glorot 외 2011).")
        : Localized(
          "A small slope below zero lets inactive units learn again (Maas et al. 2013).",
          korean: "음수 쪽의 작은 기울기 덕분에 꺼진 유닛도 다시 학습할 수 있습니다(Maas 외 2013)."))
  }

  /// Normalization over each sample instead of the batch.
  var sampleNorm: Remedy? {
    var change = layersChange { $0.normalizeBySample() }
    if change == nil, settings.word("model.normalization") == "batchNorm" {
      change = ["model.normalization": "layerNorm"]
    }
    return change.map {
      Remedy(
        id: "sample-norm", change: $0, effort: .short,
        rationale: Localized(
          "Normalization within a sample does not depend on the batch (Wu and He 2018).",
          korean: "표본 안에서 정규화하면 배치 크기의 영향을 받지 않습니다(Wu와 He 2018)."))
    }
  }

  /// Running averages of batch normalization that follow the batches sooner.
  var batchNormMomentum: Remedy? {
    layersChange { $0.hastenRunningAverages(to: Self.usualBatchMomentum) }.map {
      Remedy(
        id: "batch-norm-momentum", change: $0, effort: .short,
        rationale: Localized(
          "Running averages that follow the last tens of batches describe the model as it is now; slower "
            + "ones still hold what they began with (Wu and Johnson 2021).",
          korean: "이동 통계가 최근 수십 개의 배치를 따르면 지금의 모델을 나타내지만, 그보다 느리면 초깃값이 남아 있습니다"
            + "(Wu와 Johnson 2021)."))
    }
  }

  /// Whether running averages of batch normalization still hold more than a hundredth of what they began
  /// with after the steps of the run.
  public var runningAveragesLag: Bool {
    guard let momentum = layers?.slowestBatchMomentum, momentum < 1 else { return false }
    let batch = max(1, settings.integer("data.batchSize") ?? 32)
    let steps = run.epochs * max(1, run.task.trainSamples / batch)
    return pow(1 - momentum, Double(steps)) > 0.01
  }

  /// The weight of a new batch in running averages, as PyTorch has it.
  static let usualBatchMomentum = 0.1

  /// Dropout behind the last normalization.
  var dropoutLast: Remedy? {
    var change = layersChange { list in
      if list.has("batchNorm"), list.has("dropout") { list.moveDropoutToEnd() }
    }
    if change == nil, settings.word("model.normalization") == "batchNorm",
      settings.number("model.dropout") ?? 0 > 0
    {
      change = ["model.dropout": 0]
    }
    return change.map {
      Remedy(
        id: "dropout-last", change: $0, effort: .short,
        rationale: Localized(
          "Dropout before batch normalization shifts variances between training and evaluation "
            + "(Li et al. 2018).",
          korean: "배치 정규화 앞의 드롭아웃은 학습과 평가의 분산을 다르게 만듭니다(Li 외 2018)."))
    }
  }

  /// Normalization behind the activation, to be settled by experiment.
  var normBehindActivation: Remedy? {
    guard settings.word("model.name") == "mlp",
      settings.word("model.normalization") ?? "none" != "none"
    else { return nil }
    let order: ConfigurationValue = ["linear", "activation", "norm", "dropout"]
    guard settings.value("model.order") != order else { return nil }
    return Remedy(
      id: "norm-behind-activation", change: ["model.order": order], effort: .short,
      rationale: Localized(
        "Whether normalization belongs before or behind the activation differs between tasks, so it "
          + "is tried.",
        korean: "정규화를 활성화 앞에 둘지 뒤에 둘지는 과제마다 다르므로 실험으로 정합니다."))
  }

  /// Every weight is trained.
  var unfreeze: Remedy? {
    guard settings.word("model.freeze") ?? "none" != "none" else { return nil }
    return Remedy(
      id: "unfreeze", change: ["model.freeze": "none"], effort: .short,
      rationale: Localized(
        "Frozen layers cannot adapt to the new data.",
        korean: "고정된 층은 새 데이터에 맞게 바뀌지 못합니다."))
  }

  /// A learning rate above zero.
  var descend: Remedy? {
    guard let current = currentLearningRate, current <= 0 else { return nil }
    return Remedy(
      id: "descend", change: ["optimizer.learningRate": .number(usualLearningRate)], effort: .short,
      rationale: Localized(
        "A step against the gradient lowers the loss; the rate must be above zero.",
        korean: "기울기의 반대 방향으로 갱신해야 손실이 줄어듭니다. 학습률은 0보다 커야 합니다."))
  }
}
