import Foundation
import HoneNN
import HoneNumerics
import HoneTensor
import Testing

struct DataDrivenInitializationTests {
  private func model(_ stream: inout RandomStream) -> Sequential {
    Sequential {
      Conv2d(inputs: 1, outputs: 8, kernel: 3, padding: 1, using: &stream)
      Tanh()
      MaxPool2d(window: 2)
      Flatten()
      Linear(inputs: 128, outputs: 40, using: &stream)
      BatchNorm(features: 40)
      ReLU()
      Dropout(probability: 0.5)
      Linear(inputs: 40, outputs: 5, using: &stream)
    }
  }

  private var batch: Tensor { randomTensor([64, 1, 8, 8]) * 5 + 2 }

  @Test("each layer's outputs get a variance of one, in the order in which they run")
  func unitVariance() throws {
    var stream = testStream()
    let model = model(&stream)
    let layers = try LayerSequentialInitialization().apply(to: model, on: batch, using: &stream)
    #expect(layers.map(\.name) == ["0", "4", "8"])
    #expect(layers.allSatisfy { $0.isReached && $0.iterations > 0 && $0.iterations <= 10 })
    let spread = try model.initialSpread(on: batch)
    for (layer, output) in zip(layers, spread.outputs) {
      #expect(abs(output.standardDeviation * output.standardDeviation - layer.variance) < 1e-3)
      #expect(abs(layer.variance - 1) < 0.1)
    }
    // Rows stay orthogonal: scaling changes their length alone.
    let weight = model.namedParameters[2].parameter.value.detached()
    let product = weight.multiplied(by: weight.transposed())
    let length = ATen.diagonal(product).mean()
    let identity = ATen.eye(40)
    #expect(product.isClose(to: identity * length, relative: 0, absolute: 1e-4))
  }

  @Test("modes, statistics and observers are as before; frozen weights stay")
  func leavesTheRest() throws {
    var stream = testStream()
    let model = model(&stream)
    let first = try #require(model.namedModules.compactMap { $0.module as? Conv2d }.first)
    first.weight.isTrainable = false
    var seen = 0
    first.outputObserver = { _ in seen += 1 }
    let frozen = first.weight.value.detached().clone()
    let buffers = model.namedBuffers.map { $0.buffer.value.clone() }
    let layers = try LayerSequentialInitialization().apply(to: model, on: batch, using: &stream)
    #expect(layers.map(\.name) == ["4", "8"])
    #expect(first.weight.value.isIdentical(to: frozen))
    for (old, new) in zip(buffers, model.namedBuffers) {
      #expect(new.buffer.value.isIdentical(to: old))
    }
    #expect(seen == 0)
    _ = model(batch)
    #expect(seen == 1)
    let modes = model.namedModules.compactMap { ($0.module as? any ModeDependent)?.isTraining }
    #expect(modes.allSatisfy { $0 } && modes.count == 2)
  }

  @Test("a model without weights that ran is refused")
  func nothing() {
    var stream = testStream()
    #expect(throws: InitializationError.noWeightedLayer) {
      try LayerSequentialInitialization().apply(to: ReLU(), on: batch, using: &stream)
    }
  }

  @Test("with the classes' frequencies in the bias, the first loss is near their entropy")
  func prior() throws {
    var stream = testStream()
    let model = Sequential {
      Linear(inputs: 4, outputs: 3, initializer: .zeros, using: &stream)
    }
    #expect(try model.setOutputBias(toPriorOf: [70, 20, 10]) == "0.bias")
    let answers = model(Tensor.ones([1, 4])).softmax(along: 1).values(as: Double.self)
    for (answer, share) in zip(answers, [0.7, 0.2, 0.1]) { #expect(abs(answer - share) < 1e-6) }
    _ = try model.setOutputBias(toPriorOf: [9, 1, 0])
    #expect(model(Tensor.ones([1, 4])).isFinite)
    let binary = Linear(inputs: 4, outputs: 1, initializer: .zeros, using: &stream)
    #expect(try binary.setOutputBias(toPriorOf: [90, 10]) == "bias")
    #expect(abs(binary(Tensor.ones([1, 4])).sigmoid().item() - 0.1) < 1e-6)
    try binary.setOutputBias(toMeans: [3.5])
    #expect(binary(Tensor.zeros([1, 4])).item() == 3.5)
    #expect(throws: InitializationError.noOutputBias(outputs: [3])) {
      try binary.setOutputBias(toPriorOf: [1, 2, 3])
    }
    let bare = Linear(inputs: 4, outputs: 2, bias: false, using: &stream)
    #expect(throws: InitializationError.self) { try bare.setOutputBias(toPriorOf: [1, 2]) }
  }

  @Test("spreads tell each parameter's size and each layer's output")
  func spread() throws {
    var stream = testStream()
    let model = model(&stream)
    let spread = try model.initialSpread(on: batch)
    #expect(spread.parameters.map(\.name) == model.namedParameters.map(\.name))
    #expect(spread.outputs.map(\.name) == ["0", "4", "8"])
    #expect(spread.outputs.map(\.shape) == [[64, 8, 8, 8], [64, 40], [64, 5]])
    let weight = model.namedParameters[0].parameter.value.detached().values(as: Double.self)
    #expect(abs(spread.parameters[0].mean - weight.mean()) < 1e-9)
    let count = Double(weight.count)
    let deviation = (weight.variance() * (count - 1) / count).squareRoot()
    #expect(abs(spread.parameters[0].standardDeviation - deviation) < 1e-9)
    let norm = try #require(spread.parameters.first { $0.name == "5.bias" })
    #expect(norm.zeros == 40 && norm.standardDeviation == 0)
    #expect(try model.initialSpread().outputs.isEmpty)
    let decoded = try JSONDecoder().decode(
      InitialSpread.self, from: JSONEncoder().encode(spread))
    #expect(decoded == spread)
  }
}
