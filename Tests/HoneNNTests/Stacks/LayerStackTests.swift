import HoneNN
import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

struct LayerStackTests {
  /// Chains of one make-up with numbers and dropout of their own.
  enum Norm: String, CaseIterable, Sendable { case none, batch, layer }

  private func chain(_ norm: Norm, _ model: Int, dropsInputs: Bool = false) -> Sequential {
    var stream = RandomStream(seed: 5, "stacked chain", model)
    let probability = 0.2 + 0.1 * Double(model % 2)
    return Sequential {
      Flatten()
      if dropsInputs { Dropout(probability: probability) }
      Linear(inputs: 12, outputs: 9, bias: norm != .batch, using: &stream)
      if norm == .batch { BatchNorm(features: 9) }
      if norm == .layer { LayerNorm(features: 9) }
      GELU()
      Dropout(probability: probability)
      Sequential { Linear(inputs: 9, outputs: 5, using: &stream) }
    }
  }

  /// Output, gradients and buffers of a model alone, its dropout drawn by a seed; nil evaluates.
  private func alone(_ model: Sequential, _ input: Tensor, noise: UInt64?) -> [Tensor] {
    noise == nil ? model.evaluate() : model.train()
    model.clearGradients()
    let output = withRandomSource(noise.map { RandomSource(seed: $0) }) { model(input) }
    output.backward(output.detached())
    return [output.detached()] + model.parameters.compactMap { $0.gradient?.clone() }
      + model.namedBuffers.map { $0.buffer.value.clone() }
  }

  @Test(
    "each model gives what it gives alone: outputs, gradients, statistics, dropout",
    arguments: Norm.allCases, [true, false])
  func equals(norm: Norm, trains: Bool) throws {
    let input = randomTensor([7, 3, 4])
    // The first and the third draw the same; the others have probabilities or seeds of their own.
    let seeds: [UInt64] = [1, 1, 1, 2]
    func noise(_ model: Int) -> UInt64 { seeds[model] + 40 }
    let expected = seeds.indices.map {
      alone(chain(norm, $0), input, noise: trains ? noise($0) : nil)
    }
    let models = seeds.indices.map { chain(norm, $0) }
    for model in models { trains ? model.train() : model.evaluate() }
    let stack = LayerStack(models, seeds: seeds)
    let output = stack(input, noise: trains ? noise : nil)
    output.backward(output.detached())
    stack.handOutGradients()
    for (place, model) in models.enumerated() {
      let found =
        [output.selected(place, along: 0).detached()]
        + model.parameters.compactMap(\.gradient) + model.namedBuffers.map(\.buffer.value)
      #expect(found.count == expected[place].count)
      for (a, b) in zip(found, expected[place]) {
        #expect(a.shape == b.shape)
        let (x, y) = (a.cast(to: .float64), b.cast(to: .float64))
        #expect(x.isClose(to: y, relative: 1e-4, absolute: 1e-5))
      }
    }
  }

  @Test("a mask that all draw alike, and dropout before the first weights, are those of each alone")
  func sharedMask() {
    let input = randomTensor([6, 12])
    let models = [0, 2].map { chain(.none, $0, dropsInputs: true) }
    let expected = [0, 2].map { alone(chain(.none, $0, dropsInputs: true), input, noise: 9) }
    let output = LayerStack(models, seeds: [3, 3])(input) { _ in 9 }
    for place in models.indices {
      #expect(
        output.selected(place, along: 0).isClose(
          to: expected[place][0], relative: 1e-4, absolute: 1e-5))
    }
  }

  @Test("what is written to a model is written to the stack, and to no other model")
  func rows() throws {
    let models = [0, 1].map { chain(.none, $0) }
    let input = randomTensor([4, 12])
    let stack = LayerStack(models, seeds: [1, 1])
    let before = stack(input, noise: nil)
    for parameter in models[1].parameters { parameter.assign(parameter.value.zerosLike()) }
    let after = stack(input, noise: nil)
    #expect(after.selected(0, along: 0).isClose(to: before.selected(0, along: 0)))
    #expect(after.selected(1, along: 0).absolute().maximum().item() == 0)
    // A model of which nothing is a number spoils nobody.
    models[1].parameters[0].assign(models[1].parameters[0].value + Scalar(Double.nan))
    let spoiled = stack(input, noise: nil)
    spoiled.sum().backward()
    stack.handOutGradients()
    #expect(spoiled.selected(0, along: 0).isClose(to: before.selected(0, along: 0)))
    for parameter in models[0].parameters {
      #expect(try #require(parameter.gradient).sum().item().isFinite)
    }
  }

  @Test("chains of trained layers stack, others do not")
  func stackable() throws {
    let plain = StackableLayer.layers(of: chain(.batch, 0))
    #expect(plain != nil && plain == StackableLayer.layers(of: chain(.batch, 1)))
    #expect(plain != StackableLayer.layers(of: chain(.layer, 0)))
    let frozen = chain(.none, 0)
    frozen.parameters[0].isTrainable = false
    let again = chain(.none, 0)
    again.recomputesActivations(true)
    var stream = RandomStream(seed: 1, "others")
    let others: [any Layer<Tensor, Tensor>] = [
      frozen, again, Linear(inputs: 3, outputs: 2, using: &stream), Sequential { ReLU() },
      Sequential { Conv2d(inputs: 1, outputs: 2, kernel: 3, using: &stream) },
    ]
    for model in others { #expect(StackableLayer.layers(of: model) == nil) }
  }
}
