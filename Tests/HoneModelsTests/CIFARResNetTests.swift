import Foundation
import HoneModels
import HoneNN
import HoneTensor
import Testing

/// PyTorch's values, written by Tools/golden/models.py.
private struct Golden: Decodable {
  struct Array: Decodable {
    let shape: [Int]
    let values: [Double]

    var tensor: Tensor { Tensor(values, shape: shape) }
  }

  let input: Array
  let state: [String: Array]
  let training: Array
  let evaluation: Array
  let stemGradient: Array

  static func load() throws -> Golden {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/resnet.json")
    return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
  }

  func stateDictionary(without suffix: String? = nil) -> StateDictionary {
    StateDictionary(
      state.filter { suffix == nil || !$0.key.hasSuffix(suffix ?? "") }
        .sorted { $0.key < $1.key }
        .map { .init(name: $0.key, value: $0.value.tensor.hostTensor()) })
  }
}

struct CIFARResNetTests {
  private func model() -> CIFARResNet {
    var stream = RandomStream(seed: 1, "test")
    let model = CIFARResNet(depth: 14, outputs: 5, width: 2, using: &stream)
    model.move(dtype: .float64)
    return model
  }

  @Test("computes what PyTorch computes from weights under PyTorch's names")
  func golden() throws {
    let golden = try Golden.load()
    let model = model()
    try model.loadPyTorch(golden.stateDictionary())
    let input = golden.input.tensor
    let evaluation = model.evaluating { withoutGradients { model(input) } }
    #expect(evaluation.isClose(to: golden.evaluation.tensor, relative: 1e-9, absolute: 1e-12))
    let training = model(input)
    #expect(training.isClose(to: golden.training.tensor, relative: 1e-9, absolute: 1e-12))
    training.squared().mean().backward()
    let gradient = try #require(model.stem.weight.gradient)
    #expect(gradient.isClose(to: golden.stemGradient.tensor, relative: 1e-8, absolute: 1e-12))
  }

  @Test("takes files without counts of batches, and with the prefix of a parallel wrapper")
  func oldFiles() throws {
    let golden = try Golden.load()
    let old = golden.stateDictionary(without: "num_batches_tracked").renamed { "module." + $0 }
    let model = model()
    try model.loadPyTorch(old)
    let output = model.evaluating { withoutGradients { model(golden.input.tensor) } }
    #expect(output.isClose(to: golden.evaluation.tensor, relative: 1e-9, absolute: 1e-12))
  }

  @Test("refuses weights of another depth, naming what is missing")
  func otherDepth() throws {
    var stream = RandomStream(seed: 1, "test")
    let deeper = CIFARResNet(depth: 20, outputs: 5, width: 2, device: .cpu, using: &stream)
    let state = try Golden.load().stateDictionary()
    let error = try #require(throws: StateDictionaryError.self) { try deeper.loadPyTorch(state) }
    #expect(error.report.missing.contains("stages.0.2.firstConvolution.weight"))
    #expect(error.report.unexpected.isEmpty)
  }
}
