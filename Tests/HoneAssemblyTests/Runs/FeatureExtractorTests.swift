import Foundation
import HoneConfiguration
import HoneData
import HoneModels
import HoneNN
import HoneNumerics
import HoneRecords
import HoneTensor
import HoneText
import Testing

@testable import HoneAssembly

@Suite struct FeatureExtractorTests {
  private static let model = "name: resnet20, width: 4"

  private func extractor(_ text: String) throws -> (FeatureExtractor, Dataset, Split) {
    let configuration = try Workbench.configuration(text)
    let data = try Workbench.digits.get()
    let split = try configuration.split(data, seed: 0)
    return (try FeatureExtractor(configuration, data: data, split: split), data, split)
  }

  @Test("features, maps and outputs of the samples asked for, with labels and strides")
  func contents() throws {
    let (extractor, data, split) = try extractor("model: {\(Self.model)}")
    let indices = Array(split.test.prefix(40))
    let features = try extractor.extract(.features, of: data, indices: indices)
    #expect(features.tensors["features"]?.shape == [40, 16])
    #expect(
      features.tensors["labels"]?.values(as: Int.self) == indices.map { Int(data.labels[$0]) })
    #expect(features.tensors["indices"]?.values(as: Int.self) == indices)
    #expect(features.metadata["classes"]?.split(separator: "\n").count == 10)

    let maps = try extractor.extract(.maps, of: data, indices: indices)
    #expect(maps.tensors["map.0"]?.shape == [40, 4, 8, 8])
    #expect(maps.tensors["map.2"]?.shape == [40, 16, 2, 2])
    #expect(maps.metadata["map.2.stride"] == "4")
    let outputs = try extractor.extract(.outputs, of: data, indices: indices)
    #expect(outputs.tensors["outputs"]?.shape == [40, 10])
  }

  @Test("outputs are those of the file's own head, whatever classes the data have")
  func foreignHead() throws {
    var stream = RandomStream(seed: 4, "file")
    let source = CIFARResNet(depth: 20, inputs: 1, outputs: 7, width: 4, using: &stream)
    var content = Safetensors()
    for entry in source.stateDictionary.entries {
      content.tensors[source.torchNames.name(of: entry.name)] = entry.value
    }
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).st")
    try content.write(to: url.path)
    defer { try? FileManager.default.removeItem(at: url) }
    let (extractor, data, _) = try extractor("model: {\(Self.model), pretrained: \(url.path)}")
    #expect(extractor.pretrained?.newHead == [])
    let outputs = try extractor.extract(.outputs, of: data, indices: [0, 1])
    #expect(outputs.tensors["outputs"]?.shape == [2, 7])
  }

  @Test("a model without a backbone has outputs only")
  func noBackbone() throws {
    let (extractor, data, _) = try extractor("model: {name: mlp}")
    #expect(try extractor.extract(.outputs, of: data, indices: [0]).tensors["outputs"] != nil)
    let complaint = Workbench.complaint {
      try extractor.extract(.features, of: data, indices: [0])
    }
    #expect(complaint.contains("no features apart from its outputs"))
  }
}
