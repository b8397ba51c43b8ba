import HoneConfiguration
import HoneNN
import HoneTensor
import Testing

@testable import HoneAssembly

/// Layers between an 8x8 image of one channel and ten outputs, with their number of parameters.
struct LayerExample: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let layers: String
  let parameters: Int
  var shape = [1, 8, 8]

  init(_ layers: String, _ parameters: Int, shape: [Int] = [1, 8, 8]) {
    testDescription = layers.replacing("\n", with: " ")
    self.layers = layers
    self.parameters = parameters
    self.shape = shape
  }

  /// Flattening and the last layer, behind an image of so many numbers.
  static func image(_ layer: String, _ parameters: Int, features: Int) -> LayerExample {
    LayerExample("\(layer)\n- flatten\n- linear: classes", parameters + features * 10 + 10)
  }

  static let all: [LayerExample] = [
    .image("- conv2d: 4", 4 * 9 + 4, features: 4 * 36),
    .image("- conv2d: {outputs: 4, kernel: 5, padding: same, bias: false}", 4 * 25, features: 256),
    .image("- conv2d: {outputs: 2, stride: 2, padding: 1, dilation: 1}", 20, features: 2 * 16),
    .image("- conv2d: 4\n- conv2d: {outputs: 4, groups: 2}", 40 + 4 * 2 * 9 + 4, features: 64),
    .image("- maxPool", 0, features: 16),
    .image("- maxPool: {window: 3, stride: 2, padding: 1}", 0, features: 16),
    .image("- averagePool: 4", 0, features: 4),
    .image("- adaptiveAveragePool: 3", 0, features: 9),
    .image("- globalAveragePool", 0, features: 1),
    .image("- batchNorm", 2, features: 64),
    .image("- batchNorm: {momentum: equal}", 2, features: 64),
    .image("- batchNorm: {momentum: 0.2, tracksRunningStatistics: false}", 2, features: 64),
    .image("- layerNorm", 128, features: 64),
    .image("- dropout: 0.3", 0, features: 64),
    .image("- identity\n- relu\n- leakyReLU: 0.2\n- elu: 0.5\n- selu\n- gelu", 0, features: 64),
    .image("- silu\n- mish\n- tanh\n- sigmoid\n- softplus\n- hardSwish", 0, features: 64),
    .image("- softmax: 1", 0, features: 64),
    .image("- residual: [{conv2d: {outputs: 1, padding: same}}, relu]", 10, features: 64),
    .image("- parallel: [identity, {conv2d: {outputs: 2, padding: 1}}]", 20, features: 192),
    .image("- sequence: [relu, maxPool]", 0, features: 16),
    .image(
      "- repeat: {count: 3, layers: [{conv2d: {outputs: 1, padding: 1}}, relu]}", 30, features: 64),
    LayerExample(
      "- conv1d: {outputs: 3, kernel: 5}\n- maxPool\n- flatten\n- linear: classes",
      2 * 3 * 5 + 3 + 6 * 3 * 10 + 10, shape: [2, 16]),
    LayerExample(
      "- linear: {outputs: 7, bias: false, initializer: {kind: orthogonal}}\n- batchNorm\n"
        + "- layerNorm\n- linear: classes", 5 * 7 + 14 + 14 + 80, shape: [5]),
    .image("- conv2d: {outputs: 1, kernel: [3, 1], padding: [1, 0]}", 4, features: 64),
    .image("- maxPool2d: {window: [2, 4]}", 0, features: 8),
    .image(
      "- parallel: {layers: [relu, {conv2d: {outputs: 1, padding: 1}}], join: add}", 10,
      features: 64),
    .image(
      "- residual: {layers: [{conv2d: 2}], shortcut: [{conv2d: {outputs: 2, bias: false}}]}",
      20 + 18, features: 72),
    .image("- convTranspose2d: {outputs: 2, kernel: 2, stride: 2}", 8 + 2, features: 512),
    .image(
      "- upsample: 2\n- conv2d: {outputs: 4, kernel: 1}\n- pixelShuffle: 2", 8,
      features: 1024),
    LayerExample(
      "- embedding: {vocabulary: 11, outputs: 4}\n- lstm: {outputs: 3, bidirectional: true, "
        + "returns: last}\n- linear: classes", 44 + 2 * (4 * 3 * (4 + 3) + 2 * 4 * 3) + 70,
      shape: [6]),
    LayerExample(
      "- learnedPositions\n- transformerEncoder: {heads: 2, feedForward: 8, causal: true}\n"
        + "- flatten\n- linear: classes",
      5 * 4 + (4 * 4 * 4 + 4 * 4) + (4 * 8 + 8 + 8 * 4 + 4) + 16 + 210, shape: [5, 4]),
    LayerExample(
      "- spectralNorm: {layer: {linear: 6}}\n- weightNorm: {layer: {linear: classes}}",
      5 * 6 + 6 + 6 * 10 + 10 + 10, shape: [5]),
    LayerExample(
      "- bilinear: {outputs: classes, layers: [{linear: 2}, {linear: 3}]}",
      12 + 18 + 10 * 2 * 3 + 10, shape: [5]),
  ]
}

@Suite struct LayerAssemblerTests {
  @Test("layers become modules whose shapes follow from the input", arguments: LayerExample.all)
  func assembles(_ example: LayerExample) throws {
    let model = try Workbench.model(example.layers, input: example.shape)
    #expect(model.parameterCount == example.parameters)
    let output = model.evaluating { model(Tensor.zeros([3] + example.shape)) }
    #expect(output.shape == [3, 10])
    let isFinite = output.floats.allSatisfy(\.isFinite)
    #expect(isFinite)
  }

  @Test("repeated layers have weights of their own")
  func repeatedWeights() throws {
    let model = try Workbench.model(
      "- flatten\n- repeat: {count: 2, layers: [{linear: 64}]}\n- linear: classes")
    let weights = model.parameters.filter { $0.shape == [64, 64] }.map { $0.value.floats }
    #expect(weights.count == 2)
    #expect(weights.first != weights.last)
  }

  @Test("initial weights depend on the seed, not on layers tried for their shape")
  func initialWeights() throws {
    let layers =
      "- flatten\n- linear: {outputs: 6, initializer: {kind: normal, std: 0.5}}\n"
      + "- linear: classes"
    let (first, again) = try (Workbench.model(layers), Workbench.model(layers))
    #expect(first.stateDictionary == again.stateDictionary)
    let drawn = first.parameters[0].value.floats.map(Double.init)
    let deviation = (drawn.map { $0 * $0 }.reduce(0, +) / Double(drawn.count)).squareRoot()
    // 384 draws: the standard error of their deviation is 0.018.
    #expect(abs(deviation - 0.5) < 0.08)
  }

  @Test(
    "layers that do not fit are named with file, line, key and what to do",
    arguments: [
      ("- conv2d: 4\n- linear: classes", [1, 8, 8], "run.yaml:4:", "Insert flatten before it"),
      ("- linear: classes", [1, 8, 8], "model.layers[0]", "receives [1, 8, 8]"),
      (
        "- conv2d: 4", [12], "run.yaml:3:",
        "conv2d needs samples of shape [channels, height, width]"
      ),
      (
        "- conv1d: 4", [1, 8, 8], "run.yaml:3:", "conv1d needs samples of shape [channels, length]"
      ),
      ("- conv2d: {outputs: 4, groups: 3}", [1, 8, 8], "run.yaml:3:", "groups 3 must divide"),
      ("- relu\n- conv2d: {outputs: 4, kernel: 9}", [1, 8, 8], "run.yaml:4:", "spans 9"),
      (
        "- conv2d: {outputs: 4, padding: same, stride: 2}", [1, 8, 8], "run.yaml:3:", "stride of 1"
      ),
      ("- maxPool: 4\n- maxPool: 4", [1, 8, 8], "run.yaml:4:", "smaller than its window"),
      ("- maxPool: {window: 2, padding: 2}", [1, 8, 8], "run.yaml:3:", "half of the window"),
      ("- averagePool: {window: 2, padding: 2}", [1, 8, 8], "run.yaml:3:", "half of the window"),
      ("- averagePool", [12], "run.yaml:3:", "needs samples of shape [channels, length] or"),
      ("- flatten\n- linear: 7", [1, 8, 8], "run.yaml:2:", "gives [7]"),
      ("- softmax: 5\n- flatten\n- linear: classes", [1, 8, 8], "run.yaml:3:", "softmax"),
      ("- residual: [{conv2d: 1}]", [1, 8, 8], "run.yaml:3:", "give [1, 6, 6]"),
      ("- residual:\n  - relu\n  - linear: 3", [1, 8, 8], "run.yaml:5:", "linear needs samples"),
      (
        "- repeat:\n    count: 2\n    layers:\n      - conv2d: {outputs: 1, kernel: 6}", [1, 8, 8],
        "run.yaml:6:", "spans 6"
      ),
      ("- parallel: [identity, {conv2d: 2}]", [1, 8, 8], "run.yaml:3:", "agree in all but"),
      ("- conv2d: {outputs: 1, kernel: 3, groups: 2}", [3, 8, 8], "run.yaml:3:", "groups 2 must"),
      (
        "- parallel: {layers: [relu, {conv2d: 1}], join: add}", [1, 8, 8], "run.yaml:3:",
        "must give one shape"
      ),
      (
        "- residual: {layers: [{conv2d: 2}], shortcut: [identity]}", [1, 8, 8], "run.yaml:3:",
        "the shortcut [1, 8, 8]"
      ),
      ("- maxPool3d", [1, 8, 8], "run.yaml:3:", "[channels, depth, height, width]"),
      ("- maxPool: [2, 2, 1]", [1, 8, 8], "run.yaml:3:", "3 numbers for 2 dimensions"),
      ("- lstm: 4", [12], "run.yaml:3:", "lstm needs samples of shape [length, features]"),
      ("- multiHeadAttention: 3", [5, 8], "run.yaml:3:", "heads 3 must divide"),
      ("- embeddingBag: {vocabulary: 5, outputs: 3}", [4, 2], "run.yaml:3:", "[length]"),
      ("- spectralNorm: {layer: relu}", [12], "run.yaml:3:", "only a layer with one weight"),
      ("- weightNorm: {layer: {linear: 3}, axis: 2}", [12], "run.yaml:3:", "axis 2 is none"),
      ("- layerNorm: {axes: 2}", [12], "run.yaml:3:", "axes 2 exceeds"),
      ("- permute: [2, 1]", [12], "run.yaml:3:", "order names 2 axes"),
      (
        "- convTranspose2d: {outputs: 1, outputPadding: 1}", [1, 8, 8], "run.yaml:3:",
        "outputPadding 1 must be below"
      ),
      (
        "- bilinear: {outputs: 1, layers: [identity, flatten]}", [1, 8, 8], "run.yaml:3:",
        "End them with flatten"
      ),
      ("- reshape: [3, -1]", [1, 8, 8], "run.yaml:3:", "do not fill"),
    ])
  func misfits(layers: String, shape: [Int], place: String, sentence: String) {
    let complaint = Workbench.complaint { try Workbench.model(layers, input: shape) }
    #expect(complaint.contains("run.yaml:"))
    #expect(complaint.contains(place))
    #expect(complaint.lowercased().contains(sentence.lowercased()))
  }
}
