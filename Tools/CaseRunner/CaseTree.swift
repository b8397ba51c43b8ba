import HoneRecords

/// A case as the tree of a configuration, which remedies change.
///
/// What the tree has no word for stays in the case's own words beside it, under `case`.
struct CaseTree {
  let record: CaseRecord

  /// The configuration that the case describes.
  var value: ConfigurationValue {
    let epochs = max(1, Int(record.epochs.rounded(.up)))
    let strongest = record.layers.compactMap { $0["l2"]?.double }.max() ?? 0
    return [
      "data": .map(data), "model": ["layers": .list(layers)], "loss": loss,
      "optimizer": .map(optimizer), "regularization": ["l2": .number(strongest)],
      "schedule": ["kind": "constant", "warmupEpochs": 0], "training": ["epochs": .integer(epochs)],
      "augment": isDisturbed ? [["case": "strong"]] : [],
    ]
  }

  /// Whether the case augments beyond recognition.
  var isDisturbed: Bool {
    record.faults.contains { $0["label"]?.word == "augmentation-too-strong" }
  }

  private var data: [String: ConfigurationValue] {
    let text = (record.data["preprocess"]?.word ?? "none").lowercased()
    let inputs = text.split(separator: ";").first.map(String.init) ?? text
    var word = "none"
    if inputs.contains("standard") { word = "standardize" }
    if inputs.contains("min-max") || inputs.contains("/255") { word = "unit" }
    var data: [String: ConfigurationValue] = [
      "batchSize": .integer(record.batchSize), "normalize": .string(word),
    ]
    if record.task == "regression" {
      data["standardizeTargets"] = .bool(text.contains("target standard"))
    }
    return data
  }

  private var loss: ConfigurationValue {
    let words = Words(record.loss)
    if record.task == "regression" {
      return words.has("mean_squared_error", "mse") ? "meanSquaredError" : ["kind": "case"]
    }
    let isPlain =
      words.has("from_logits") && !words.has("axis", "over the batch", "sum", "mean over classes")
    return isPlain ? ["kind": "crossEntropy", "labelSmoothing": 0] : ["kind": "case"]
  }

  private var optimizer: [String: ConfigurationValue] {
    let name = (record.optimizer["name"]?.word ?? "sgd").lowercased()
    let defaults = ["sgd": 0.01, "adagrad": 0.01, "adadelta": 1, "adamax": 2e-3, "nadam": 2e-3]
    let written = record.optimizer["lr"]?.double ?? record.optimizer["learning_rate"]?.double
    let rate = written ?? defaults[name] ?? 1e-3
    return [
      "kind": .string(name == "rmsprop" ? "rmsProp" : name),
      "learningRate": .number(record.goesUphill ? -abs(rate) : rate), "weightDecay": 0,
    ]
  }

  private var layers: [ConfigurationValue] {
    record.layers.flatMap { layer -> [ConfigurationValue] in
      var own = layer
      var items: [ConfigurationValue] = []
      let inline = layer["activation"]?.word
      own["activation"] = nil
      switch layer["t"]?.word ?? "" {
      case "dense": items.append(["linear": weights(own, outputs: layer["units"])])
      case "conv2d": items.append(["conv2d": weights(own, outputs: layer["filters"])])
      case "batchnorm":
        let kept = layer["momentum"]?.double ?? 0.99
        items.append(["batchNorm": ["case": own, "momentum": .number(1 - kept)]])
      case "layernorm": items.append(["layerNorm": ["case": own]])
      case "dropout":
        items.append(["dropout": ["probability": .number(layer["rate"]?.double ?? 0.5)]])
      case "act", "activation":
        if let name = CaseNames.activation(layer["f"]?.word ?? "linear") { items.append(name) }
      default: items.append(["other": ["case": own]])
      }
      if let name = inline.flatMap(CaseNames.activation) { items.append(name) }
      return items
    }
  }

  private func weights(
    _ layer: ConfigurationValue, outputs: ConfigurationValue?
  ) -> ConfigurationValue {
    [
      "outputs": .integer(Int(outputs?.double ?? 1)),
      "initializer": ["kind": layer["init"] ?? "glorot_uniform"], "case": layer,
    ]
  }
}

/// Names of the case format beside those of configurations.
enum CaseNames {
  private static let activations = [
    "leaky_relu": "leakyReLU", "leakyrelu": "leakyReLU", "hard_sigmoid": "hardSigmoid",
    "swish": "silu",
  ]

  /// A configuration's word for an activation; nil for none.
  static func activation(_ name: String) -> ConfigurationValue? {
    ["linear", "none"].contains(name) ? nil : .string(activations[name] ?? name)
  }

  /// The case format's word for an activation.
  static func written(activation: String) -> String {
    ["leakyReLU": "leaky_relu", "hardSigmoid": "hard_sigmoid"][activation] ?? activation
  }

  /// The case format's word for an initializer.
  static func written(initializer: String) -> String {
    [
      "kaimingUniform": "he_uniform", "kaimingNormal": "he_normal",
      "xavierUniform": "glorot_uniform",
    ][
      initializer] ?? initializer
  }
}

extension ConfigurationValue {
  /// The value of a key of a map; setting nothing removes the key.
  subscript(key: String) -> ConfigurationValue? {
    get {
      guard case .map(let entries) = self, let value = entries[key], value != .null else {
        return nil
      }
      return value
    }
    set {
      guard case .map(var entries) = self else { return }
      entries[key] = newValue
      self = .map(entries)
    }
  }

  /// The tree with a value at a path of keys.
  func setting(_ path: [String], to value: ConfigurationValue) -> ConfigurationValue {
    guard let key = path.first else { return value }
    var entries: [String: ConfigurationValue] = [:]
    if case .map(let present) = self { entries = present }
    entries[key] = (entries[key] ?? .null).setting(Array(path.dropFirst()), to: value)
    return .map(entries)
  }
}
