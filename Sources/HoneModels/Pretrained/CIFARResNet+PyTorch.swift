public import HoneNN

extension CIFARResNet: ForeignWeights {
  /// The names of the usual PyTorch implementations for CIFAR, whose head is called `linear`.
  public var torchNames: WeightNames {
    [
      "stages.#": "layer#+1", "firstConvolution": "conv1", "firstNorm": "bn1",
      "secondConvolution": "conv2", "secondNorm": "bn2", "stem": "conv1", "stemNorm": "bn1",
      "head": "linear",
    ]
  }

  /// Loads weights that were trained with PyTorch's usual names for this network:.
  ///
  /// `conv1`, `bn1`, `layer1.0.conv2`, `linear`. Counts of batches, which old files lack, stay as
  /// they are.
  /// - Parameter state: the file's arrays under its own names.
  /// - Throws: `StateDictionaryError` before anything is written.
  public func loadPyTorch(_ state: StateDictionary) throws(StateDictionaryError) {
    let renamed = state.renamed(Self.name(fromPyTorch:))
    let counts = stateDictionary.entries.filter {
      $0.name.hasSuffix("batchCount") && renamed[$0.name] == nil
    }
    try load(StateDictionary(renamed.entries + counts))
  }

  /// The name here of one of PyTorch's; names that follow no rule stay and are reported as unexpected.
  static func name(fromPyTorch name: String) -> String {
    var parts = name.split(separator: ".").map(String.init)
    if parts.first == "module" { parts.removeFirst() }
    if let first = parts.first, first.hasPrefix("layer"), let stage = Int(first.dropFirst(5)) {
      parts.replaceSubrange(0..<1, with: ["stages", "\(stage - 1)"])
    }
    let isInBlock = parts.first == "stages"
    return parts.map { part in
      (isInBlock ? blockNames[part] : modelNames[part]) ?? leafNames[part] ?? part
    }.joined(separator: ".")
  }

  private static let modelNames = [
    "conv1": "stem", "bn1": "stemNorm", "linear": "head", "fc": "head",
  ]
  private static let blockNames = [
    "conv1": "firstConvolution", "bn1": "firstNorm",
    "conv2": "secondConvolution", "bn2": "secondNorm",
  ]
  private static let leafNames = [
    "running_mean": "runningMean", "running_var": "runningVariance",
    "num_batches_tracked": "batchCount",
  ]
}
