import HoneConfiguration
import HoneModels
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

  @Test("a name that says a size, and its parameters, make that network")
  func sizes() throws {
    var stream = RandomStream(seed: 1, "weights")
    var narrow = ResNet.Options.depth(18)
    (narrow.stem, narrow.width) = (.small, 16)
    var excited = ResNet.Options.small(depth: 20)
    excited.excitationReduction = 4
    let patches = VisionTransformer.Options(
      imageSize: 12, patchSize: 4, depth: 2, heads: 4, width: 32, hiddenWidth: 64)
    let cases: [(String, [Int], any Layer<Tensor, Tensor>)] = [
      ("resnet32", [3, 16, 16], CIFARResNet(depth: 32, device: .meta, using: &stream)),
      (
        "{name: smallResnet, depth: 14, width: 4, dropout: 0.2}", [3, 16, 16],
        CIFARResNet(depth: 14, width: 4, device: .meta, using: &stream)
      ),
      (
        "{name: resnet20, preActivation: true, squeezeExcitation: 4}", [3, 16, 16],
        ResNet(excited, outputs: 10, device: .meta, using: &stream)
      ),
      (
        "{name: resnet18, stem: small, width: 16}", [3, 16, 16],
        ResNet(narrow, outputs: 10, device: .meta, using: &stream)
      ),
      (
        "{name: mobileNetV3Small, widthMultiplier: 0.5}", [1, 32, 32],
        MobileNetV3(
          .small, inputs: 1, outputs: 10, widthMultiplier: 0.5, device: .meta, using: &stream)
      ),
      (
        "{name: visionTransformer, depth: 2, width: 32, hiddenWidth: 64}", [1, 12, 12],
        VisionTransformer(patches, inputs: 1, outputs: 10, device: .meta, using: &stream)
      ),
    ]
    for (text, shape, expected) in cases {
      let network = try model(text, input: shape)
      let shapes = network.namedParameters.map { "\($0.name) \($0.parameter.shape)" }
      #expect(
        shapes == expected.namedParameters.map { "\($0.name) \($0.parameter.shape)" }, "\(text)")
      let output = network.evaluating { network(Tensor.zeros([2] + shape)) }
      #expect(output.shape == [2, 10])
    }
  }

  @Test(
    "what a model cannot do is refused at its key",
    arguments: [
      ("{name: cnn}", [12], "model.name: cnn is a model for images"),
      ("{name: resnet20}", [12], "model.name: resnet20 is a model for images"),
      ("{name: cnn}", [1, 1, 1], "too small for cnn"),
      ("alexNet", [3, 32, 32], "alexNet needs images of 63x63 or more; these are 32x32"),
      ("leNet", [1, 8, 8], "leNet needs images of 12x12 or more"),
      ("inceptionV3", [3, 64, 80], "inceptionV3 needs images of 75x75 or more"),
      ("visionTransformer", [3, 30, 30], "whose side is a multiple of patch, 4"),
      ("{name: resnet, depth: 20}", [3, 64, 64], "resnet comes with 18, 34, 50, 101, 152 layers"),
      ("{name: smallResnet, depth: 18}", [3, 32, 32], "Use 8, 14, 20, 26"),
      ("{name: resnet18, groups: 32}", [3, 64, 64], "need the blocks of resnet50"),
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
