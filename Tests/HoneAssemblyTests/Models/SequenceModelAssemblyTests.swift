import Foundation
import HoneConfiguration
import HoneData
import HoneNN
import HoneNumerics
import HoneRecords
import HoneTensor
import HoneTrain
import Testing

@testable import HoneAssembly

@Suite struct SequenceModelAssemblyTests {
  private func model(
    _ text: String, input shape: [Int] = [6], cardinalities: [Int] = [], vocabulary: Int? = nil
  ) throws -> any Layer<Tensor, Tensor> {
    let configuration = try Workbench.configuration("model: \(text)")
    var stream = RandomStream(seed: 1, "weights")
    return try ModelAssembler(
      configuration: configuration, inputShape: shape, outputs: 3, device: .cpu,
      cardinalities: cardinalities, vocabulary: vocabulary
    ).model(using: &stream)
  }

  @Test(
    "models for texts are built where there are token numbers",
    arguments: [
      "{name: bagOfEmbeddings, features: 5}", "{name: textCNN, features: 5, maps: 4}",
      "{name: lstm, features: 5, width: 4}", "{name: gru, features: 5, width: 4, depth: 2}",
      "{name: transformer, features: 8, heads: 2, feedForward: 6}",
    ])
  func texts(_ text: String) throws {
    let built = try model(text, vocabulary: 9)
    let tokens = Tensor([1, 5, 8, 0, 0, 0, 2, 2, 2, 3, 4, 0] as [Int64], shape: [2, 6])
    #expect(withoutGradients { built(tokens) }.shape == [2, 3])
    let complaint = Workbench.complaint { try model(text) }
    #expect(
      complaint.contains("is a model for texts; the data are tables. Use a model for tables."))
  }

  @Test(
    "models for tables are built from numbers and codes",
    arguments: [
      "{name: tabularMLP, widths: [5]}", "{name: tabularResNet, blocks: 1, width: 6}",
      "{name: ftTransformer, blocks: 2, width: 8, heads: 2}",
    ])
  func tables(_ text: String) throws {
    for cardinalities in [[], [4, 3], [2, 2, 2, 2, 2, 2]] {
      let built = try model(text, cardinalities: cardinalities)
      #expect(withoutGradients { built(Tensor.ones([2, 6])) }.shape == [2, 3])
    }
    let complaint = Workbench.complaint { try model(text, input: [1, 8, 8]) }
    #expect(complaint.contains("is a model for tables; the data are images."))
  }

  @Test(
    "what cannot be built is refused at its key",
    arguments: [
      (
        "{name: ftTransformer, width: 10, heads: 4}", "model.heads: 4 heads do not divide the width"
      ),
      ("{name: tabularResNet, width: 4, expansion: 0.1}", "model.expansion: an expansion of 0.1"),
      ("{name: vae}", "model.name: vae restores samples and gives no labels"),
      ("{name: autoencoder}", "model.name: autoencoder restores samples"),
    ])
  func refusals(text: String, sentence: String) {
    #expect(Workbench.complaint { try model(text) }.contains(sentence))
  }

  /// A table whose class depends on two categories together.
  private func categories() throws -> Dataset {
    let (shapes, colors) = (["round", "square", ""], ["red", "green", "blue", "black"])
    var text = "shape,size,color,y\n"
    for row in 0..<240 {
      let (shape, color) = (row % 3, row / 3 % 4)
      text += "\(shapes[shape]),\(row % 7),\(colors[color]),\((shape + color) % 2)\n"
    }
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("hone-categories-\(UUID().uuidString).csv")
    try text.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    return try DataSource.open(file.path, options: DataOptions(target: "y"))
  }

  @Test(
    "models that embed categories train on a table and are stored with its codes",
    arguments: [
      "{name: tabularMLP, widths: [16], normalization: none}",
      "{name: tabularResNet, blocks: 1, width: 16}",
      "{name: ftTransformer, blocks: 1, width: 16, heads: 2, attentionDropout: 0}",
    ])
  func trains(_ text: String) throws {
    let data = try categories()
    let run = try Workbench.run(
      "model: \(text)\ndata: {batchSize: 16}\ntraining: {epochs: 30}\n"
        + "optimizer: {kind: adamW, learningRate: 0.01}", data: data, seed: 3)
    #expect(run.preprocessor.cardinalities == [4, 5])
    #expect(run.record.task.sampleShape == [3])
    let outcome = try Trainer(run.plan, record: run.record).train()
    // The classes are equally frequent and no column alone tells them apart: what is well above a half
    // was learned from both codes. About a tenth of all seeds end beside the optimum.
    #expect(try #require(outcome.record.best?.validationMetric) > 0.9)

    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("hone-codes-\(UUID().uuidString).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try ModelFile(state: outcome.kept, run: outcome.record, preprocessor: run.preprocessor)
      .write(to: path)
    let stored = try StoredModel(contentsOf: path)
    let result = try stored.evaluate(data, indices: Array(0..<60))
    #expect(result.labels.count == 60)
  }

  @Test("codes are no part of the inputs' scale")
  func inputScale() throws {
    let data = try categories()
    let run = try Workbench.run("model: {name: tabularMLP, widths: [8]}", data: data)
    let input = try #require(try measurePreflight(run.plan).input)
    #expect(abs(input.standardDeviation - 1) < 0.3 && abs(input.mean) < 0.3)
  }

  @Test("a run is named after its model")
  func names() throws {
    let names = try ["mlp", "ftTransformer", "bagOfEmbeddings"].map {
      try Workbench.configuration("model: {name: \($0)}").model.architecture.name
    }
    #expect(names == ["mlp", "ftTransformer", "bagOfEmbeddings"])
  }
}
