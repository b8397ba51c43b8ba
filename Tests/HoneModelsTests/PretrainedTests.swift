import Foundation
import HoneModels
import HoneNN
import HoneNumerics
import HoneRecords
import HoneTensor
import HoneText
import Testing

@Suite struct PretrainedTests {
  private func network(depth: Int = 8, outputs: Int = 3, seed: UInt64 = 1) -> CIFARResNet {
    var stream = RandomStream(seed: seed, "pretrained")
    return CIFARResNet(depth: depth, outputs: outputs, width: 2, using: &stream)
  }

  /// A file of a network's weights under other names; names mapped to nil are left out.
  private func file(
    _ model: any Module, _ rename: (String) -> String? = { $0 }
  ) throws -> WeightFile {
    var content = Safetensors()
    for entry in model.stateDictionary.entries {
      if let name = rename(entry.name) { content.tensors[name] = entry.value }
    }
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).st")
    try content.write(to: url.path)
    defer { try? FileManager.default.removeItem(at: url) }
    return try WeightFile(contentsOf: url.path)
  }

  @Test(
    "PyTorch's names, with the prefixes of wrappers, and our own are recognised",
    arguments: ["", "module.", "module._orig_mod.", "model."])
  func names(prefix: String) throws {
    let source = network(seed: 2)
    let names = source.torchNames
    let foreign = network()
    let record = try foreign.load(pretrained: file(source) { prefix + names.name(of: $0) })
    #expect(foreign.stateDictionary == source.stateDictionary)
    #expect(record.naming == "torch")
    #expect(record.prefix == prefix)
    #expect(record.missing.isEmpty && record.unexpected.isEmpty && record.newHead.isEmpty)
    #expect(record.loaded == source.stateDictionary.entries.count)

    let own = network()
    #expect(try own.load(pretrained: file(source) { prefix + $0 }).naming == "hone")
    #expect(own.stateDictionary == source.stateDictionary)
  }

  @Test("a head for other classes is left as it is, and reported")
  func otherHead() throws {
    let source = network(outputs: 5, seed: 2)
    let model = network()
    let head = model.head.stateDictionary
    let record = try model.load(pretrained: file(source) { source.torchNames.name(of: $0) })
    #expect(record.newHead == ["head.weight", "head.bias"])
    #expect(record.unexpected.isEmpty)
    #expect(model.head.stateDictionary == head)
    #expect(model.stem.stateDictionary == source.stem.stateDictionary)
  }

  @Test("a file of features alone leaves the head new; counts of batches may lack")
  func featuresOnly() throws {
    let source = network(seed: 2)
    let record = try network().load(
      pretrained: file(source) { $0.hasPrefix("head") || $0.hasSuffix("batchCount") ? nil : $0 })
    #expect(record.newHead == ["head.weight", "head.bias"])
    #expect(record.missing.isEmpty)
  }

  @Test("what is missing or left over is reported")
  func incomplete() throws {
    let record = try network().load(
      pretrained: file(network(seed: 2)) {
        $0 == "stem.weight" ? "other" : $0
      })
    #expect(record.missing == ["stem.weight"])
    #expect(record.unexpected == ["other"])
    #expect(record.explanation.english.contains("Missing in the file: stem.weight."))
    #expect(record.explanation.korean.contains("모델에 없는 이름: other."))
  }

  @Test("a file of another model changes nothing and is refused with examples of names")
  func nothingMatched() throws {
    let model = network()
    let before = model.stateDictionary
    let other = try file(network(seed: 2)) { "encoder." + $0.replacing("e", with: "x") }
    let error = try #require(throws: PretrainedError.self) { try model.load(pretrained: other) }
    #expect(error.explanation.english.contains("encoder."))
    #expect(model.stateDictionary == before)
  }

  @Test("a file of a wider variant changes nothing and is refused with shapes")
  func otherWidth() throws {
    var stream = RandomStream(seed: 3, "wide")
    let wide = CIFARResNet(depth: 8, outputs: 3, width: 4, using: &stream)
    let model = network()
    let before = model.stateDictionary
    let wideFile = try file(wide)
    let error = try #require(throws: PretrainedError.self) { try model.load(pretrained: wideFile) }
    #expect(error.explanation.english.contains("stem.weight"))
    #expect(model.stateDictionary == before)
  }

  @Test("stages go from the stem to the head, norms with the layer before them")
  func stages() throws {
    let stages = TransferStages(of: network())
    #expect(stages.stages.map(\.name) == ["stem", "stages.0", "stages.1", "stages.2", "head"])
    #expect(stages.stages[0].parameters.map(\.name).contains("stemNorm.weight"))
    #expect(stages.backbone.count == 4)
    let scales = stages.learningRateScales(factor: 2)
    let expected: [Double] = [0.0625, 0.125, 0.25, 0.5, 1]
    #expect(scales == expected)
    var stream = RandomStream(seed: 1, "layers")
    let plain = Sequential {
      Linear(inputs: 2, outputs: 3, using: &stream)
      BatchNorm(features: 3)
      Linear(inputs: 3, outputs: 2, using: &stream)
    }
    #expect(TransferStages(of: plain).stages.map(\.name) == ["0", "2"])
  }

  @Test("a frozen batch normalization uses and keeps its running statistics in training")
  func frozenNorm() {
    let norm = BatchNorm(features: 2)
    let input = Tensor([1, 2, 3, 4, 5, 9] as [Float], shape: [3, 2])
    for parameter in norm.parameters { parameter.isTrainable = false }
    norm.train()
    let frozen = norm(input)
    #expect(norm.runningMean?.value.floats == [0, 0])
    #expect(frozen.isClose(to: norm.evaluating { norm(input) }))
    for parameter in norm.parameters { parameter.isTrainable = true }
    _ = norm(input)
    #expect(norm.runningMean?.value.floats != [0, 0])
  }
}
