import Foundation
import HoneModels
import HoneNN
import HoneTensor
import HoneTestSupport
import Testing

struct ModelTests {
  @Test("ready models keep the contract of modules")
  func contract() {
    let images = Tensor.normal([3, 1, 8, 8], using: RandomSource(seed: 1))
    let options = MLP.Options(normalization: .batch, dropout: 0.5)
    let perceptron = moduleContractFailures(
      {
        var stream = RandomStream(seed: 1, "test")
        return MLP(inputs: 64, outputs: 3, widths: [8, 4], options: options, using: &stream)
      }, input: images)
    #expect(perceptron == [])
    let network = moduleContractFailures(
      {
        var stream = RandomStream(seed: 1, "test")
        return CNN(
          inputs: 1, height: 8, width: 8, outputs: 3, options: CNN.Options(width: 2, dropout: 0.2),
          using: &stream)
      }, input: images)
    #expect(network == [])
    let residual = moduleContractFailures(
      {
        var stream = RandomStream(seed: 1, "test")
        return CIFARResNet(depth: 8, inputs: 1, outputs: 3, width: 2, using: &stream)
      }, input: images)
    #expect(residual == [])
  }

  @Test("a perceptron has the layers of its options, in their order")
  func perceptron() {
    var stream = RandomStream(seed: 1, "test")
    let options = MLP.Options(activation: .tanh, normalization: .layer, dropout: 0.5)
    let model = MLP(inputs: 6, outputs: 2, widths: [5, 4], options: options, using: &stream)
    let kinds = model.layers.layers.map { "\(type(of: $0))" }
    let block = ["Linear", "LayerNorm", "Tanh", "Dropout"]
    #expect(kinds == ["Flatten"] + block + block + ["Linear"])
    #expect(model(Tensor.zeros([3, 2, 3])).shape == [3, 2])
    let plain = MLP(inputs: 6, outputs: 2, widths: [], using: &stream)
    #expect(plain.parameterCount == 14)
  }

  @Test("a perceptron repeats blocks of a width, with their parts in the order asked for")
  func blocks() {
    var stream = RandomStream(seed: 1, "test")
    func kinds(_ options: MLP.Options) -> [String] {
      let model = MLP(inputs: 6, outputs: 2, widths: [5, 4], options: options, using: &stream)
      #expect(model(Tensor.zeros([3, 6])).shape == [3, 2])
      return model.layers.layers.map { "\(type(of: $0))" }
    }
    let before = kinds(
      MLP.Options(
        normalization: .batch, dropout: 0.5, repeats: 2,
        order: [.norm, .activation, .dropout, .linear]))
    let block = ["BatchNorm", "ReLU", "Dropout", "Linear"]
    #expect(before == ["Flatten"] + block + block + block + block + ["Linear"])
    let behind = kinds(MLP.Options(normalization: .layer, order: [.activation, .linear, .norm]))
    let other = ["ReLU", "Linear", "LayerNorm"]
    #expect(behind == ["Flatten"] + other + other + ["Linear"])
    #expect(kinds(MLP.Options(repeats: 2, order: [.linear])).count == 6)
  }

  @Test("a linear layer goes without a bias where a batch normalization right behind subtracts it")
  func biases() {
    var stream = RandomStream(seed: 1, "test")
    let orders: [([MLP.Piece], Bool)] = [
      ([.linear, .norm, .activation], false), ([.norm, .linear, .activation], true),
      ([.linear, .activation, .norm], true), ([.activation, .linear, .norm], false),
    ]
    for (order, hasBias) in orders {
      let options = MLP.Options(normalization: .batch, order: order)
      let model = MLP(inputs: 6, outputs: 2, widths: [5], options: options, using: &stream)
      let linear = model.layers.layers.compactMap { $0 as? Linear }.first
      #expect((linear?.bias != nil) == hasBias, "\(order)")
    }
  }

  @Test("normalization leaves the first values of weights as they were")
  func pairedSeeds() {
    let weights = BlockNormalization.allCases.map { normalization in
      var stream = RandomStream(seed: 1, "test")
      let options = MLP.Options(normalization: normalization)
      let model = MLP(inputs: 6, outputs: 2, widths: [5, 4], options: options, using: &stream)
      return model.parameters.filter { $0.shape.count == 2 }.map(\.value.floats)
    }
    #expect(weights[0].count == 3)
    #expect(weights[1] == weights[0] && weights[2] == weights[0])
  }

  @Test(
    "a convolutional network fits images of any size",
    arguments: [[1, 2, 2], [1, 8, 8], [1, 28, 28], [3, 32, 32], [3, 65, 40], [3, 224, 224]])
  func sizes(_ size: [Int]) throws {
    for normalization in BlockNormalization.allCases {
      var stream = RandomStream(seed: 1, "test")
      let model = CNN(
        inputs: size[0], height: size[1], width: size[2], outputs: 10,
        options: CNN.Options(normalization: normalization), device: .meta, using: &stream)
      #expect(try model.outputShape(for: [2] + size) == [2, 10])
    }
  }

  @Test("the twenty-layer residual network has 0.27 million parameters")
  func parameterCount() throws {
    var stream = RandomStream(seed: 1, "test")
    let model = CIFARResNet(device: .meta, using: &stream)
    #expect(try model.outputShape(for: [2, 3, 32, 32]) == [2, 10])
    // The count that the paper's table 6 rounds, without batch statistics.
    #expect(model.parameterCount == 269_722)
  }
}
