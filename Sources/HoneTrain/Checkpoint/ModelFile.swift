public import HoneData
public import HoneNN
public import HoneNumerics
public import HoneRecords

/// A trained model as a file: weights, the configuration that built it, and what was fitted on its
/// training split.
public struct ModelFile: Sendable {
  /// The weights.
  public var state: StateDictionary
  /// The run that made the model, with the configuration and task.
  public var run: RunRecord
  /// What turns samples into the model's inputs.
  public var preprocessor: Preprocessor

  /// A model to store.
  public init(state: StateDictionary, run: RunRecord, preprocessor: Preprocessor) {
    self.state = state
    self.run = run
    self.preprocessor = preprocessor
  }

  /// Writes the model as safetensors; other tools read its tensors under their PyTorch names.
  /// - Throws: `FileError` where the disk refuses.
  public func write(to path: String) throws {
    var file = Safetensors()
    for entry in state.entries { file.tensors[entry.name] = entry.value }
    file.metadata["kind"] = "hone model 1"
    file.metadata["run"] = try CanonicalJSON.string(run)
    file.metadata["preprocessor"] = try CanonicalJSON.string(file.storing(preprocessor))
    file.metadata["order"] = state.names.joined(separator: "\n")
    file.metadata["digest"] = file.contentDigest
    try file.write(to: path)
  }

  /// Reads a model.
  /// - Throws: `FileError` where the file is missing, damaged or of another kind.
  public init(contentsOf path: String) throws(FileError) {
    let file = try Safetensors(contentsOf: path)
    guard file.metadata["kind"] == "hone model 1" else {
      throw .malformed(path: path, reason: "it is not a Hone model of this version")
    }
    guard file.metadata["digest"] == file.contentDigest else {
      throw .malformed(path: path, reason: "its contents do not match their digest")
    }
    do {
      run = try CanonicalJSON.decode(RunRecord.self, from: file.metadata["run"] ?? "")
      preprocessor = try CanonicalJSON.decode(
        Preprocessor.self, from: file.metadata["preprocessor"] ?? "")
      preprocessor.whitening = try file.storedWhitening()
    } catch {
      throw .malformed(path: path, reason: "its description cannot be read")
    }
    let order = (file.metadata["order"] ?? "").split(separator: "\n").map(String.init)
    state = StateDictionary(
      order.compactMap { name in file.tensors[name].map { .init(name: name, value: $0) } })
  }
}

extension Safetensors {
  private static let center = "preprocessor.whitening.center"
  private static let matrix = "preprocessor.whitening.matrix"

  /// Takes the large numbers of a preprocessor as tensors; the rest is left to be written as text.
  fileprivate mutating func storing(_ preprocessor: Preprocessor) -> Preprocessor {
    guard let whitening = preprocessor.whitening else { return preprocessor }
    metadata["whitening"] = whitening.kind.rawValue
    tensors[Self.center] = HostTensor(whitening.center, shape: [whitening.inputs])
    tensors[Self.matrix] = HostTensor(
      whitening.matrix, shape: [whitening.outputs, whitening.inputs])
    var rest = preprocessor
    rest.whitening = nil
    return rest
  }

  /// The whitening that was stored; nil where there was none.
  fileprivate func storedWhitening() throws -> Whitening? {
    guard let word = metadata["whitening"] else { return nil }
    guard let kind = Whitening.Kind(rawValue: word), let center = tensors[Self.center],
      let matrix = tensors[Self.matrix], matrix.shape.count == 2, matrix.shape[1] > 0,
      center.shape == [matrix.shape[1]]
    else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: [], debugDescription: "whitening of '\(word)'"))
    }
    return Whitening(
      kind, center: center.values(as: Float.self), matrix: matrix.values(as: Float.self))
  }
}
