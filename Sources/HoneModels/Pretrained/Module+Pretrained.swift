public import HoneNN
public import HoneNumerics
public import HoneRecords
import HoneTensor

extension Module {
  /// Takes over the weights of a file, under the names of this package or of PyTorch, whichever fit
  /// more of the model; prefixes that wrappers put before all names (`module.`, `_orig_mod.`, `model.`)
  /// are left off.
  ///
  /// A head for other classes, or one that is not in the file, keeps its first values. Names that are
  /// missing or left over are reported and no error.
  ///
  /// ```swift
  /// let model = SqueezeNet(outputs: 2, using: &stream)
  /// let record = try model.load(pretrained: WeightFile(contentsOf: path))
  /// print(record.explanation.english)
  /// ```
  /// - Parameter file: the weights.
  /// - Returns: what was taken over and what was not.
  /// - Throws: `PretrainedError` before anything is written.
  @discardableResult
  public func load(pretrained file: WeightFile) throws(PretrainedError) -> PretrainedRecord {
    let matching = PretrainedMatching(model: self, file: file)
    guard let best = matching.best else {
      throw .nothingMatched(
        file: file.path, theirs: file.entries.map(\.name), ours: namedParameters.map(\.name))
    }
    guard best.mismatched.isEmpty else {
      throw .shapes(file: file.path, mismatched: best.mismatched)
    }
    matching.write(best)
    return matching.record(best)
  }

  /// How many classes or values the head in a file is for; nil where the file has none.
  public func headOutputs(in file: WeightFile) -> Int? {
    PretrainedMatching(model: self, file: file).headOutputsInFile
  }
}

/// Compares the names of a file with those of a model, in every way of reading them that is usual.
struct PretrainedMatching {
  /// One way of reading a file's names, and what comes of it.
  struct Reading {
    var naming: String
    var prefix: String
    /// The file's entry for each of the model's names that fits.
    var matches: [String: Int] = [:]
    var missing: [String] = []
    var newHead: [String] = []
    var mismatched: [PretrainedError.Mismatch] = []
  }

  /// What wrappers put before every name: data parallelism, compilation, a class around the model.
  static let wrappers = ["module.", "_orig_mod.", "model."]

  private let file: WeightFile
  private let parameters: [(name: String, parameter: Parameter)]
  private let buffers: [(name: String, buffer: Buffer)]
  private let namings: [(String, (String) -> String)]
  private let head: Set<String>
  private let headOutputs: Int?

  init(model: any Module, file: WeightFile) {
    self.file = file
    parameters = model.namedParameters
    buffers = model.namedBuffers
    let torch = (model as? any ForeignWeights)?.torchNames ?? WeightNames([])
    namings = [("hone", { $0 }), ("torch", torch.name(of:))]
    let headModule = parameters.last.map { Self.owner(of: $0.name) }
    head = Set(parameters.map(\.name).filter { Self.owner(of: $0) == headModule })
    headOutputs = parameters.last?.parameter.shape.first
  }

  private static func owner(of name: String) -> Substring {
    name.lastIndex(of: ".").map { name[..<$0] } ?? ""
  }

  /// The reading that finds most parameters; nil where none finds any.
  ///
  /// Buffers do not count: a number of batches fits everywhere.
  var best: Reading? {
    let prefixes = prefixes
    let readings = namings.flatMap { naming in
      prefixes.map { reading(naming, prefix: $0) }
    }
    func found(_ reading: Reading) -> Int {
      parameters.count { reading.matches[$0.name] != nil } + reading.mismatched.count
    }
    let best = readings.enumerated().max {
      (found($0.element), -$0.offset) < (found($1.element), -$1.offset)
    }
    guard let best, found(best.element) > 0 else { return nil }
    return best.element
  }

  /// The beginnings of names that wrappers may have put there, in any order and repeatedly.
  private var prefixes: [String] {
    var found = [""]
    var next = 0
    while next < found.count, found.count < 16 {
      for wrapper in Self.wrappers {
        let longer = found[next] + wrapper
        if file.entries.contains(where: { $0.name.hasPrefix(longer) }) { found.append(longer) }
      }
      next += 1
    }
    return found
  }

  private func reading(
    _ naming: (name: String, theirs: (String) -> String), prefix: String
  ) -> Reading {
    var positions: [Substring: Int] = [:]
    for (index, entry) in file.entries.enumerated() where entry.name.hasPrefix(prefix) {
      positions[entry.name.dropFirst(prefix.count)] = index
    }
    var result = Reading(naming: naming.name, prefix: prefix)
    let leaves =
      parameters.map { ($0.name, $0.parameter.shape) } + buffers.map { ($0.name, $0.buffer.shape) }
    for (name, shape) in leaves {
      let isHead = head.contains(name)
      guard let position = positions[Substring(naming.theirs(name))] else {
        // Files of old versions have no counts of batches.
        if isHead {
          result.newHead.append(name)
        } else if !name.hasSuffix("batchCount") {
          result.missing.append(name)
        }
        continue
      }
      let found = file.entries[position].value.shape
      if found == shape {
        result.matches[name] = position
      } else if isHead || isForOtherOutputs(found, shape) {
        result.newHead.append(name)
      } else {
        result.mismatched.append(.init(name: name, expected: shape, found: found))
      }
    }
    return result
  }

  /// Whether shapes differ as a head's do; auxiliary heads are more than one.
  private func isForOtherOutputs(_ found: [Int], _ expected: [Int]) -> Bool {
    found.count == expected.count && found.dropFirst() == expected.dropFirst()
      && expected.first == headOutputs
  }

  var headOutputsInFile: Int? {
    guard let best, let name = parameters.last(where: { head.contains($0.name) })?.name else {
      return nil
    }
    let theirs = best.prefix + (namings.first { $0.0 == best.naming }?.1(name) ?? name)
    return file.entries.first { $0.name == theirs }?.value.shape.first
  }

  func write(_ reading: Reading) {
    // Half a head is none: its bias would belong to other weights.
    let left = Set(reading.newHead)
    for (name, parameter) in parameters {
      guard !left.contains(name), let index = reading.matches[name] else { continue }
      parameter.assign(Tensor(file.entries[index].value))
    }
    for (name, buffer) in buffers {
      guard let index = reading.matches[name] else { continue }
      buffer.assign(Tensor(file.entries[index].value))
    }
  }

  func record(_ reading: Reading) -> PretrainedRecord {
    let used = Set(reading.matches.values)
    let known = namings.first { $0.0 == reading.naming }?.1 ?? { $0 }
    let names = Set(reading.newHead.map { reading.prefix + known($0) })
    let unexpected = file.entries.enumerated().filter {
      !used.contains($0.offset) && !names.contains($0.element.name)
    }
    return PretrainedRecord(
      file: file.path, sha256: file.sha256, format: file.format.rawValue, location: file.location,
      prefix: reading.prefix, naming: reading.naming, loaded: used.count,
      loadedCount: used.reduce(0) { $0 + file.entries[$1].value.count },
      missing: reading.missing, unexpected: unexpected.map(\.element.name),
      newHead: reading.newHead)
  }
}
