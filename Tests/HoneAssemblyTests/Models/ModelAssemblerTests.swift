import HoneConfiguration
import HoneNN
import HoneNumerics
import HoneTensor
import Testing

@testable import HoneAssembly

@Suite struct ModelAssemblerTests {
  private func model(
    _ text: String, input shape: [Int] = [1, 16, 16]
  ) throws -> any Layer<Tensor, Tensor> {
    let configuration = try Workbench.configuration("model: \(text)")
    var stream = RandomStream(seed: 1, "weights")
    return try ModelAssembler(
      configuration: configuration, inputShape: shape, outputs: 10, device: .cpu
    ).model(using: &stream)
  }

  private func kinds(_ model: any Layer<Tensor, Tensor>) -> Set<String> {
    Set(model.namedModules.map { "\(type(of: $0.module))" })
  }

  @Test("the perceptron honours its options")
  func perceptron() throws {
    let plain = try model("{name: mlp, widths: [20, 7]}")
    #expect(plain.parameterCount == 256 * 20 + 20 + 20 * 7 + 7 + 70 + 10)
    #expect(!kinds(plain).contains("Dropout"))
    let rich = try model(
      "{name: mlp, widths: [20], activation: gelu, normalization: batchNorm, dropout: 0.4}")
    #expect(kinds(rich).isSuperset(of: ["GELU", "BatchNorm", "Dropout"]))
    let normed = try model("{name: mlp, widths: [20], normalization: layerNorm}")
    #expect(kinds(normed).contains("LayerNorm"))
  }

  @Test("every activation has its layer", arguments: ActivationName.allCases)
  func activations(_ activation: ActivationName) throws {
    let model = try model("{name: mlp, widths: [5], activation: \(activation.rawValue)}")
    let output = withoutGradients { model(Tensor.ones([2, 1, 16, 16])) }
    #expect(output.shape == [2, 10])
  }

  @Test("the convolutional network honours its options")
  func convolutional() throws {
    let small = try model("{name: cnn, width: 4}")
    let wide = try model("{name: cnn, width: 8}")
    #expect(wide.parameterCount > 2 * small.parameterCount)
    #expect(kinds(small).contains("BatchNorm"))
    let bare = try model(
      "{name: cnn, width: 4, normalization: none, dropout: 0.2, activation: elu}")
    #expect(!kinds(bare).contains("BatchNorm"))
    #expect(kinds(bare).isSuperset(of: ["Dropout", "ELU"]))
  }

  @Test("the residual network has the parameters of its paper")
  func residual() throws {
    // He et al. 2016, table 6: 0.27 million for twenty layers.
    let network = try model("{name: resnet20}", input: [3, 32, 32])
    #expect((260_000...280_000).contains(network.parameterCount))
    let output = network.evaluating { network(Tensor.zeros([2, 3, 32, 32])) }
    #expect(output.shape == [2, 10])
  }

  @Test(
    "what a model cannot do is refused at its key",
    arguments: [
      ("{name: cnn}", [12], "model.name: cnn is a model for images"),
      ("{name: resnet20}", [12], "model.name: resnet20 is a model for images"),
      ("{name: cnn}", [1, 1, 1], "too small for cnn"),
      ("{name: resnet20, dropout: 0.1}", [3, 8, 8], "dropout is not supported"),
    ])
  func refusals(text: String, shape: [Int], sentence: String) {
    let complaint = Workbench.complaint { try model(text, input: shape) }
    #expect(complaint.contains(sentence))
    #expect(complaint.hasPrefix("run.yaml:1:"))
  }

  @Test(
    "the automatic choice is a network for large images and a perceptron for the rest",
    arguments: [([1, 28, 28], true), ([3, 16, 16], true), ([1, 8, 8], false), ([12], false)])
  func automatic(shape: [Int], isConvolutional: Bool) throws {
    let assembler = ModelAssembler(
      configuration: Configuration(), inputShape: shape, outputs: 3, device: .cpu)
    switch assembler.architecture {
    case .cnn: #expect(isConvolutional)
    case .mlp: #expect(!isConvolutional)
    default: Issue.record("\(assembler.architecture)")
    }
  }
}
