import HoneRecords

/// A written list of layers, changed as a whole: activations, normalization, widths, beginnings.
///
/// Only the top level is touched: what lies in containers keeps its ways.
struct LayerList: Equatable {
  /// The layers, each a word or a map of one word to its parameters.
  private(set) var items: [ConfigurationValue]

  /// A list with at least one layer of weights.
  init?(_ value: ConfigurationValue?) {
    guard case .list(let items) = value else { return nil }
    self.items = items
    guard weights.count > 0 else { return nil }
  }

  /// The list as a configuration writes it.
  var value: ConfigurationValue { .list(items) }

  /// Where layers of weights stand, the output layer last.
  var weights: [Int] {
    items.indices.filter { Self.weightNames.contains(name($0)) }
  }

  /// The names of the activations between layers of weights, in order.
  var hiddenActivations: [String] {
    guard let last = weights.last else { return [] }
    return items[..<last].indices.map(name).filter(Self.activationNames.contains)
  }

  /// Whether a layer of a name is there.
  func has(_ wanted: String) -> Bool { items.indices.contains { name($0) == wanted } }

  /// Whether each hidden layer of weights is followed by an activation.
  var isActivated: Bool {
    weights.dropLast().allSatisfy { place in
      block(from: place).contains { Self.activationNames.contains(name($0)) }
    }
  }

  // MARK: changes

  /// Gives every hidden layer of weights an activation; those that are there are replaced.
  mutating func activate(with activation: String) {
    for place in weights.dropLast().reversed() {
      let block = block(from: place)
      if let found = block.first(where: { Self.activationNames.contains(name($0)) }) {
        items[found] = .string(activation)
        let more = block.filter { $0 > found && Self.activationNames.contains(name($0)) }
        for index in more.reversed() { items.remove(at: index) }
      } else {
        let norm = block.last { Self.normalizationNames.contains(name($0)) }
        items.insert(.string(activation), at: (norm ?? place) + 1)
      }
    }
  }

  /// Leaves the beginning of all weights to the model's setting.
  mutating func forgetInitializers() {
    for place in weights { set("initializer", .null, at: place) }
  }

  /// Puts a normalization behind every hidden layer of weights that has none.
  mutating func normalize(with layer: ConfigurationValue) {
    for place in weights.dropLast().reversed()
    where !block(from: place).contains(where: { Self.normalizationNames.contains(name($0)) }) {
      items.insert(layer, at: place + 1)
    }
  }

  /// Replaces normalization over the batch by one over each sample.
  mutating func normalizeBySample() {
    for index in items.indices where name(index) == "batchNorm" {
      items[index] = ["groupNorm": ["groups": 1]]
    }
  }

  /// The least weight that running averages of batch normalization give a new batch; nil where no layer
  /// says one.
  var slowestBatchMomentum: Double? {
    items.indices.filter { name($0) == "batchNorm" }.compactMap { number("momentum", at: $0) }.min()
  }

  /// Gives new batches at least so much weight in the running averages of batch normalization.
  mutating func hastenRunningAverages(to momentum: Double) {
    for index in items.indices where name(index) == "batchNorm" {
      guard let present = number("momentum", at: index), present < momentum else { continue }
      set("momentum", .number(momentum), at: index)
    }
  }

  /// Takes out what follows the last layer of weights: its outputs are then the model's.
  mutating func endRaw() {
    guard let last = weights.last else { return }
    items.removeAll(after: last) { Self.outputNames.contains(Self.name(of: $0)) }
  }

  /// Multiplies the outputs of hidden layers.
  mutating func widen(by factor: Double) {
    for place in weights.dropLast() {
      guard let outputs = number("outputs", at: place) else { continue }
      set("outputs", .integer(max(4, Int((outputs * factor).rounded()))), at: place)
    }
  }

  /// Takes out every other hidden layer of weights that keeps its width, with what belongs to it.
  mutating func thin() {
    let hidden = Array(weights.dropLast())
    let belonging = Self.activationNames.union(Self.normalizationNames).union(["dropout"])
    var removed: Set<Int> = []
    for (order, place) in hidden.enumerated() where order % 2 == 1 {
      guard let outputs = number("outputs", at: place),
        outputs == number("outputs", at: hidden[order - 1])
      else { continue }
      removed.insert(place)
      // Pooling and reshaping stay: later layers rely on them.
      removed.formUnion(block(from: place).filter { belonging.contains(name($0)) })
    }
    items = items.indices.filter { !removed.contains($0) }.map { items[$0] }
  }

  /// Multiplies the probabilities of dropout; zero takes the layers out.
  mutating func scaleDropout(by factor: Double) {
    for index in items.indices.reversed() where name(index) == "dropout" {
      if factor == 0 {
        items.remove(at: index)
      } else if let present = number("probability", at: index) {
        set("probability", .number(present * factor), at: index)
      }
    }
  }

  /// Puts all dropout into one layer before the output layer, behind every normalization.
  mutating func moveDropoutToEnd() {
    let rates = items.indices.filter { name($0) == "dropout" }.compactMap {
      number("probability", at: $0)
    }
    guard let rate = rates.max() else { return }
    scaleDropout(by: 0)
    addDropout(rate)
  }

  /// Puts dropout before the output layer.
  mutating func addDropout(_ probability: Double) {
    guard let last = weights.last else { return }
    items.insert(["dropout": ["probability": .number(probability)]], at: last)
  }

  // MARK: reading

  /// What stands behind a layer of weights, up to the next one.
  private func block(from place: Int) -> Range<Int> {
    let next = weights.first { $0 > place } ?? items.count
    return (place + 1)..<next
  }

  private func name(_ index: Int) -> String { Self.name(of: items[index]) }

  private static func name(of item: ConfigurationValue) -> String {
    switch item {
    case .string(let name): name
    case .map(let map): map.keys.first ?? ""
    default: ""
    }
  }

  private func number(_ key: String, at index: Int) -> Double? {
    guard case .map(let outer) = items[index], let inner = outer.values.first else { return nil }
    let value: ConfigurationValue?
    if case .map(let parameters) = inner { value = parameters[key] } else { value = inner }
    switch value {
    case .integer(let whole): return Double(whole)
    case .number(let number): return number
    default: return nil
    }
  }

  private mutating func set(_ key: String, _ value: ConfigurationValue, at index: Int) {
    guard case .map(let outer) = items[index], let (word, inner) = outer.first else { return }
    guard case .map(var parameters) = inner else {
      if word == "dropout" { items[index] = [:].adding(word, [:].adding(key, value)) }
      return
    }
    if parameters[key] == nil, value == .null { return }
    parameters[key] = value
    items[index] = [:].adding(word, .map(parameters))
  }

  private static let weightNames: Set<String> = ["linear", "conv2d", "conv1d", "conv3d"]
  private static let normalizationNames: Set<String> = [
    "batchNorm", "layerNorm", "groupNorm", "instanceNorm", "rmsNorm",
  ]
  private static let outputNames = activationNames.union(["logSoftmax"])
  private static let activationNames: Set<String> = [
    "relu", "relu6", "leakyReLU", "prelu", "rrelu", "threshold", "elu", "celu", "selu", "gelu",
    "silu", "mish", "softplus", "hardSwish", "hardSigmoid", "hardTanh", "tanh", "sigmoid",
    "softsign", "logSigmoid", "softmax", "exponential", "linearActivation",
  ]
}

extension [ConfigurationValue] {
  fileprivate mutating func removeAll(after place: Int, where isOut: (Element) -> Bool) {
    self = Array(self[...place]) + self[(place + 1)...].filter { !isOut($0) }
  }
}

extension [String: ConfigurationValue] {
  fileprivate func adding(_ key: String, _ value: ConfigurationValue) -> ConfigurationValue {
    .map(merging([key: value]) { $1 })
  }
}
