import HoneNN
import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

/// Long short-term memories by our own kernel, beside libtorch's.
struct LSTMKernelTests {
  struct Shape: Sendable, CustomTestStringConvertible {
    var batch = 3
    var time = 5
    var inputs = 7
    var features = 16
    var layers = 1
    var bias = true
    var testDescription: String { "\(batch)x\(time)x\(inputs) to \(features), \(layers) layers" }
  }

  private static let shapes = [
    Shape(), Shape(batch: 1, time: 1),
    Shape(batch: 40, time: 4, inputs: 32, features: 48, layers: 2),
    Shape(batch: 19, time: 3, inputs: 16, features: 32, bias: false), Shape(batch: 2, layers: 3),
  ]

  private func layer(_ shape: Shape) -> LSTM {
    var stream = testStream()
    return LSTM(
      inputs: shape.inputs, features: shape.features,
      options: RecurrentOptions(layers: shape.layers, bias: shape.bias), using: &stream)
  }

  private func start(_ shape: Shape) -> [Tensor] {
    [21, 22].map {
      randomTensor([shape.layers, shape.batch, shape.features], seed: $0).requiringGradient()
    }
  }

  /// Outputs, last states, and the gradients by the input, the first states and the weights.
  private func results(_ shape: Shape, usesAll: Bool = true) -> [Tensor] {
    let layer = layer(shape)
    let input = (randomTensor([shape.batch, shape.time, shape.inputs]) * 2).requiringGradient()
    let start = start(shape)
    let run = layer(
      input, lengths: nil, state: LSTM.State(hidden: start[0], memory: start[1]))
    let found = [run.outputs, run.state.hidden, run.state.memory]
    var loss = (run.outputs * randomTensor(run.outputs.shape, seed: 5)).sum()
    if usesAll {
      loss = loss + (run.state.hidden * randomTensor(run.state.hidden.shape, seed: 6)).sum()
      loss = loss + (run.state.memory * randomTensor(run.state.memory.shape, seed: 7)).sum()
    }
    loss.backward()
    let gradients = ([input] + start).map(\.gradient) + layer.parameters.map(\.gradient)
    return found.map { $0.detached() } + gradients.compactMap { $0 }
  }

  @Test("outputs, states and gradients are libtorch's", arguments: shapes, [true, false])
  func agrees(_ shape: Shape, _ usesAll: Bool) {
    let own = results(shape, usesAll: usesAll)
    let plain = withStandardKernels { results(shape, usesAll: usesAll) }
    #expect(own.count == plain.count)
    for (own, plain) in zip(own, plain) {
      #expect(own.shape == plain.shape)
      #expect(own.isClose(to: plain, relative: 1e-4, absolute: 1e-5))
    }
  }

  @Test(
    "without gradients the same, by weights that are packed anew when they change",
    arguments: shapes)
  func answers(_ shape: Shape) {
    let layer = layer(shape)
    for seed in [1, 2] as [UInt64] {
      layer.parameters[1].assign(randomTensor(layer.parameters[1].shape, seed: seed) * 0.2)
      for batch in [shape.batch, shape.batch + 20] {
        let input = randomTensor([batch, shape.time, shape.inputs], seed: 4)
        let own = withoutGradients { layer(input, lengths: nil) }
        let plain = withStandardKernels { withoutGradients { layer(input, lengths: nil) } }
        let recorded = layer(input, lengths: nil)
        for run in [plain, recorded] {
          for (own, other) in [
            (own.outputs, run.outputs), (own.state.hidden, run.state.hidden),
            (own.state.memory, run.state.memory),
          ] {
            #expect(own.isClose(to: other.detached(), relative: 1e-4, absolute: 1e-5))
          }
        }
      }
    }
  }

  @Test("gradients can be differentiated again")
  func curvature() {
    func slopes() -> [Tensor] {
      let layer = layer(Shape())
      let input = randomTensor([3, 5, 7]).requiringGradient()
      let output = layer(input)
      let first = gradients(
        of: (output * output).sum(), withRespectTo: [input], createGraph: true)
      (first[0] * first[0]).sum().backward()
      return [first[0].detached(), input.gradient].compactMap { $0 }
        + layer.parameters.compactMap(\.gradient)
    }
    let own = slopes()
    #expect(own.count == 6)
    let h = 1e-2
    // By differences of the squared norm of the first gradients along a weight.
    func norm(_ shift: Double) -> Double {
      let layer = layer(Shape())
      let weight = layer.parameters[1]
      weight.assign(weight.value.detached() + randomTensor(weight.shape, seed: 9) * Scalar(shift))
      let input = randomTensor([3, 5, 7]).requiringGradient()
      let output = layer(input)
      (output * output).sum().backward()
      return input.gradient.map { ($0 * $0).sum().item() } ?? .nan
    }
    let slope = (norm(h) - norm(-h)) / (2 * h)
    let found = (own[3] * randomTensor(own[3].shape, seed: 9)).sum().item()
    #expect(abs(found - slope) < 2e-2 * max(1, abs(slope)))
  }

  /// In a process of its own: the number of threads is the process's.
  @Test("any number of threads gives the same to the bit, whether they share sequences or units")
  func threads() async {
    await #expect(processExitsWith: .success) {
      let shape = Shape(batch: 17, time: 4, inputs: 32, features: 128, layers: 2)
      let tests = LSTMKernelTests()
      let layer = tests.layer(shape)
      let input = randomTensor([17, 4, 32])
      var found: [[Float]] = []
      for threads in [1, 2, 4] {
        Torch.threads = threads
        found.append(withoutGradients { layer(input) }.floats)
      }
      #expect(Set(found).count == 1)
    }
  }
}
