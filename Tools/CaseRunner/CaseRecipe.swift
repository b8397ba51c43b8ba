import HoneData
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor
import HoneTrain

/// A case as a changed tree describes it, ready to be built.
struct CaseRecipe {
  let tree: ConfigurationValue
  let original: CaseRecord

  /// The changes that a case can take; others are refused.
  private static let keys: Set<String> = [
    "data.batchSize", "data.normalize", "data.standardizeTargets", "model.layers",
    "model.initializer", "loss", "loss.labelSmoothing", "optimizer.kind",
    "optimizer.learningRate", "optimizer.weightDecay", "optimizer.momentum", "regularization.l2",
    "schedule", "training.epochs", "training.earlyStopping", "training.gradientClip",
    "training.gradientClip.norm", "augment", "data.balance",
  ]

  /// The case with a change; nil where it cannot take it.
  init?(_ original: CaseRecord, change: [String: ConfigurationValue]) {
    guard change.keys.allSatisfy(Self.keys.contains) else { return nil }
    var tree = CaseTree(record: original).value
    if change["loss.labelSmoothing"] != nil, change["loss"] == nil,
      tree["loss"]?["kind"]?.word != "crossEntropy"
    {
      return nil
    }
    if case .map = change["loss"] ?? .null { return nil }
    if change["data.balance"] != nil, change["data.balance"]?.word != "oversample" { return nil }
    // Names before the parameters that belong to them.
    for (key, value) in change.sorted(by: {
      ($1.key.hasSuffix("kind") ? 1 : 0, $0.key) < ($0.key.hasSuffix("kind") ? 1 : 0, $1.key)
    }) {
      tree = tree.setting(key.split(separator: ".").map(String.init), to: value)
    }
    self.tree = tree
    self.original = original
  }

  /// Passes over the training samples.
  var epochs: Int { Int(tree["training"]?["epochs"]?.double ?? 1) }

  /// Whether the best epoch's weights are kept.
  var keepsBest: Bool { tree["training"]?["earlyStopping"] != nil }

  /// The case in its own format.
  var record: CaseRecord {
    var value = original.value
    value["layers"] = .list(layers)
    value["batch_size"] = .integer(Int(tree["data"]?["batchSize"]?.double ?? 32))
    value["optimizer"] = optimizer
    if case .string("auto") = tree["loss"] ?? .null { value["loss"] = .string(usualLoss) }
    var faults = original.faults
    if (tree["augment"]?.items ?? []).first?["case"] == nil {
      faults.removeAll { $0["label"]?.word == "augmentation-too-strong" }
    }
    if rate > 0 { faults.removeAll { $0["where"]?.word == "update" } }
    value["faults"] = .list(faults)
    return CaseRecord(value: value)
  }

  /// The data with what the tree says of inputs and targets, statistics of the training samples only.
  func prepared(_ data: CaseData) -> CaseData {
    var data = data
    let before = CaseTree(record: original).value["data"]
    if let word = tree["data"]?["normalize"]?.word, word != before?["normalize"]?.word {
      data.normalization = word == "unit" ? .unit : .standardize
      data.validationNormalization = nil
    }
    data.standardizesTargets =
      tree["data"]?["standardizeTargets"]?.flag == true
      && before?["standardizeTargets"]?.flag == false
    return data
  }

  /// Completes a plan by what the format has no word for.
  func complete(_ plan: inout TrainingPlan, share: Double) {
    plan.epochs = max(1, Int((share * Double(epochs)).rounded()))
    plan.learningRate = rate
    if tree["schedule"]?["kind"]?.word == "cosine" {
      plan.schedule = .cosine()
    }
    let clip = tree["training"]?["gradientClip"]
    if let norm = clip?["norm"]?.double { plan.clipping = .norm(norm) }
    let decay = tree["optimizer"]?["weightDecay"]?.double ?? 0
    let l2 = tree["regularization"]?["l2"]?.double ?? 0
    if l2 + decay > 0 { plan.penalty = WeightPenalty(l2: 2 * l2 + decay) }
    if keepsBest {
      plan.monitor = .validationLoss
    } else {
      plan.restoresBest = false
    }
    if case .map = tree["loss"] ?? .null, let smoothing = tree["loss"]?["labelSmoothing"]?.double,
      smoothing > 0
    {
      plan.loss = .crossEntropy(labelSmoothing: smoothing)
    }
  }

  /// The steps of augmentation that the tree adds.
  var augmentation: [Augmentation] {
    (tree["augment"]?.items ?? []).compactMap { step in
      if step.word == "horizontalFlip" { return .horizontalFlip() }
      if let crop = step["randomCrop"] {
        return .randomCrop(padding: Int(crop["padding"]?.double ?? 4))
      }
      return nil
    }
  }

  /// Whether rare classes are drawn as often as frequent ones.
  var isBalanced: Bool { tree["data"]?["balance"]?.word == "oversample" }

  private var rate: Double { tree["optimizer"]?["learningRate"]?.double ?? 1e-3 }

  private var usualLoss: String {
    if original.task == "regression" { return "mean_squared_error" }
    if original.task == "multilabel" { return "sigmoid cross entropy with logits" }
    let outputs = layers.last { ["dense", "conv2d"].contains($0["t"]?.word ?? "") }?["units"]?
      .double
    return outputs == 1
      ? "sigmoid_cross_entropy_from_logits" : "softmax_cross_entropy_from_logits"
  }

  private var optimizer: ConfigurationValue {
    let kind = tree["optimizer"]?["kind"]?.word ?? "sgd"
    let before = CaseTree(record: original).value["optimizer"]?["kind"]?.word
    guard kind == before else {
      return ["name": kind == "adamW" ? "adam" : .string(kind.lowercased()), "lr": .number(rate)]
    }
    var value = original.optimizer
    value["lr"] = .number(rate)
    value["learning_rate"] = nil
    if let momentum = tree["optimizer"]?["momentum"] { value["momentum"] = momentum }
    return value
  }

  private var layers: [ConfigurationValue] {
    let common = tree["model"]?["initializer"]?["kind"]?.word
    return (tree["model"]?["layers"]?.items ?? []).map { item in
      if let name = item.word {
        return ["t": "act", "f": .string(CaseNames.written(activation: name))]
      }
      guard case .map(let map) = item, let (name, parameters) = map.first else { return item }
      var layer = parameters["case"] ?? [:]
      switch name {
      case "linear", "conv2d":
        layer[name == "linear" ? "units" : "filters"] = parameters["outputs"]
        if let kind = parameters["initializer"]?["kind"]?.word {
          layer["init"] = .string(kind)
        } else {
          layer["init"] = .string(CaseNames.written(initializer: common ?? "xavierUniform"))
          layer["bias_init"] = "zeros"
        }
        return layer
      case "batchNorm":
        guard var own = parameters["case"] else {
          return ["t": "batchnorm", "momentum": 0.9, "epsilon": 1e-5]
        }
        if let momentum = parameters["momentum"]?.double { own["momentum"] = .number(1 - momentum) }
        return own
      case "layerNorm", "groupNorm": return parameters["case"] ?? ["t": "layernorm"]
      case "dropout": return ["t": "dropout", "rate": parameters["probability"] ?? 0.5]
      default: return layer
      }
    }
  }
}
