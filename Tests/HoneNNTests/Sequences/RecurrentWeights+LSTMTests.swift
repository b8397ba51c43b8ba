import HoneNN
import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

/// Long short-term memories by our own kernel, beside libtorch's.
struct RecurrentWeightsLSTMTests {
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
    Shape(batch: 8, time: 4, inputs: 32, features: 48, layers: 2),
    Shape(batch: 6, time: 3, inputs: 16, features: 32, bias: false), Shape(batch: 2, layers: 3),
  ]

  private func layer(_ shape: Shape) -> LSTM {
    var stream = testStream()
    return LSTM(
      inputs: shape.inputs, features: shape.features,
      options: RecurrentOptions(layers: shape.layers, bias: shape.bias), using: &stream)
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
        let start = LSTM.State(
          hidden: randomTensor([shape.layers, batch, shape.features], seed: 21),
          memory: randomTensor([shape.layers, batch, shape.features], seed: 22))
        func answer() -> LSTM.Run { layer(input, lengths: nil, state: start) }
        let own = withoutGradients(answer)
        let plain = withStandardKernels { withoutGradients(answer) }
        let recorded = answer()
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

  @Test("no sequences have no outputs")
  func none() {
    let run = withoutGradients { layer(Shape())(Tensor.zeros([0, 5, 7]), lengths: nil) }
    #expect(run.outputs.shape == [0, 5, 16])
    #expect(run.state.memory.shape == [1, 0, 16])
  }

  /// In a process of its own: the number of threads is the process's.
  @Test("any number of threads gives the same to the bit")
  func threads() async {
    await #expect(processExitsWith: .success) {
      let shape = Shape(batch: 7, time: 4, inputs: 32, features: 128, layers: 2)
      let tests = RecurrentWeightsLSTMTests()
      let layer = tests.layer(shape)
      let input = randomTensor([7, 4, 32])
      var found: [[Float]] = []
      for threads in [1, 2, 4] {
        Torch.threads = threads
        found.append(withoutGradients { layer(input) }.floats)
      }
      #expect(Set(found).count == 1)
    }
  }
}
