import HoneRecords

/// What examples of components say that follows from no default.
enum ComponentExample {
  /// What stands under a layer's name, where required keys and defaults would make no good example.
  static let layerValues: [String: String] = [
    "linear": "32",
    "conv1d": "{outputs: 16, kernel: 3, padding: same}",
    "conv2d": "{outputs: 16, kernel: 3, padding: same}",
    "conv3d": "{outputs: 8, kernel: 3, padding: same}",
    "convTranspose1d": "{outputs: 8, kernel: 2, stride: 2}",
    "convTranspose2d": "{outputs: 8, kernel: 2, stride: 2}",
    "convTranspose3d": "{outputs: 4, kernel: 2, stride: 2}",
    "depthwiseSeparable1d": "{outputs: 16, padding: same}",
    "depthwiseSeparable2d": "{outputs: 16, padding: same}",
    "squeezeExcitation": "4",
    "adaptiveAveragePool": "2", "adaptiveMaxPool": "2", "upsample": "2",
    "embedding": "{vocabulary: 17, outputs: 8}",
    "embeddingBag": "{vocabulary: 17, outputs: 8}",
    "rnn": "{outputs: 16, returns: last}",
    "lstm": "{outputs: 16, bidirectional: true, returns: last}",
    "gru": "{outputs: 16, returns: last}",
    "transformerEncoder": "{heads: 2, layers: 2, feedForward: 32}",
    "dropBlock": "{probability: 0.1, blockSize: 3}",
    "activityRegularization": "{l2: 0.0001}",
    "threshold": "{threshold: 0.1, value: 0}",
    "reshape": "[4, -1]", "permute": "[2, 3, 1]",
    "sequence": "[{conv2d: 8}, relu, maxPool]",
    "residual": "[{conv2d: {outputs: 1, padding: same}}, relu]",
    "parallel": "[identity, {conv2d: {outputs: 4, padding: same}}]",
    "bilinear": "{outputs: 16, layers: [{linear: 8}, {linear: 8}]}",
    "repeat": "{count: 2, layers: [{linear: 32}, relu]}",
    "weightNorm": "{layer: {linear: 32}}",
    "spectralNorm": "{layer: {linear: 32}}",
  ]

  /// Values of required keys, by `component.key` or by key.
  private static let values: [String: String] = [
    "outputs": "16", "groups": "2", "heads": "2", "factor": "2", "probability": "0.1",
    "halveEvery": "5", "tenthEvery": "20", "milestones": "[30, 60]",
    "sequence": "[{kind: warmUp, epochs: 1}, cosine]", "product": "[cosine, {halveEvery: 3}]",
    "constant.value": "0.1", "localResponseNorm.size": "5", "pixels": "3",
    "vectors": "vectors.txt", "endpoint": "\"http://127.0.0.1:8080/rewrite\"",
    "steps": "[wordSwap, wordDeletion]", "someOf.count": "1", "forClasses.classes": "[bad]",
  ]

  /// A value for a required key.
  static func value(of parameter: Parameter, in component: Component) -> String {
    values["\(component.name).\(parameter.name)"] ?? values[parameter.name]
      ?? text(parameter.shape)
  }

  /// Something that a shape allows.
  static func text(_ shape: ValueShape) -> String {
    switch shape {
    case .flag: "true"
    case .integer(let range): "\(min(max(2, range.lowerBound), range.upperBound))"
    case .number(let range):
      plain([0.1, 0.5, 1, 2, -0.5].first(where: range.contains) ?? range.lower ?? 0)
    case .text: "name"
    case .choice(let words): words.first ?? ""
    case .list(let element, let count):
      "["
        + [String](repeating: text(element), count: max(1, count.lowerBound))
        .joined(separator: ", ") + "]"
    case .map: "{}"
    case .object(let parameters): object(parameters)
    case .optional(let inner): text(inner)
    case .either(let shapes): shapes.first.map(text) ?? ""
    case .component(let family): simplest(family)
    case .tagged(let shape): "{\(shape.key): \(simplest(shape.family))}"
    }
  }

  private static func object(_ parameters: [Parameter]) -> String {
    let pairs = parameters.filter(\.isRequired).map { "\($0.name): \(text($0.shape))" }
    return "{\(pairs.joined(separator: ", "))}"
  }

  /// The first of a family that asks for nothing.
  private static func simplest(_ family: ComponentFamily) -> String {
    family.components.first { !$0.parameters.contains(where: \.isRequired) }?.name ?? ""
  }

  /// A model of layers.
  static func layers(_ layers: [String]) -> String {
    "model:\n  layers:\n" + layers.map { "    - \($0)\n" }.joined()
  }

  /// A layer with what it needs around it for images of `[1, 8, 8]`.
  static func layer(_ component: Component, as name: String) -> String {
    let raw = ["embedding", "embeddingBag"].contains(component.name)
    let behind = component.name == "flatten" ? [] : ["flatten"]
    let lines =
      before(component, as: name) + [component.layerEntry(as: name)] + behind + ["linear: classes"]
    return (raw ? "data: {normalize: none}\n" : "") + layers(lines)
  }

  private static let sequences: Set<String> = [
    "rnn", "lstm", "gru", "multiHeadAttention", "transformerEncoder", "sinusoidalPositions",
    "learnedPositions",
  ]
  private static let vectors: Set<String> = [
    "linear", "embedding", "embeddingBag", "bilinear", "repeat", "weightNorm", "spectralNorm",
  ]
  private static let channels: Set<String> = [
    "squeezeExcitation", "pixelShuffle", "channelShuffle", "groupNorm", "localResponseNorm",
    "globalAveragePool", "globalMaxPool", "channelDropout", "featureAlphaDropout", "dropBlock",
    "instanceNorm", "batchNorm",
  ]

  private static func before(_ component: Component, as name: String) -> [String] {
    if name.hasSuffix("1d") || sequences.contains(component.name) { return ["reshape: [8, 8]"] }
    if name.hasSuffix("3d") { return ["reshape: [1, 4, 4, 4]"] }
    if vectors.contains(component.name) { return ["flatten"] }
    if channels.contains(component.name) { return ["conv2d: {outputs: 8, padding: same}"] }
    switch LayerFamily(ofLayer: component.name) {
    case .activation, .noise: return ["flatten", "linear: 32"]
    default: return []
    }
  }
}
