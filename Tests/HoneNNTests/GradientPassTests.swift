import HoneNN
import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

/// Losses with their gradients in a loop of one's own, beside the graph.
struct GradientPassTests {
  private func gradients(in model: Sequential) -> [HostTensor?] {
    model.parameters.map { $0.gradient?.hostTensor() }
  }

  @Test(
    "a pass gives the graph's bits, whether it needs the graph or not", arguments: [true, false])
  func passes(_ isDense: Bool) {
    func make() -> Sequential {
      var stream = testStream()
      return Sequential {
        Linear(inputs: 6, outputs: 9, using: &stream)
        if isDense { ReLU() } else { GELU() }
        Linear(inputs: 9, outputs: 4, using: &stream)
      }
    }
    let (own, graph) = (make(), make())
    let (input, labels) = (
      randomTensor([30, 6]), Tensor(HostTensor((0..<30).map { Int64($0 * 7 % 4) }, shape: [30]))
    )
    let loss = Loss.crossEntropy(labelSmoothing: 0.05)
    let value = GradientPass(of: own, loss)(input, labels)
    let expected = loss(graph(input), labels)
    expected.backward()
    #expect(value == expected.item())
    #expect(gradients(in: own) == gradients(in: graph))
    // Under autocast the graph decides what is cast.
    let mixed = withAutocast(.bfloat16, on: .cpu) { GradientPass(of: own, loss)(input, labels) }
    #expect(mixed != value && abs(mixed - value) < 0.05)
  }

  @Test("gradients add up until they are cleared")
  func addsUp() throws {
    var stream = testStream()
    let model = Sequential([Linear(inputs: 3, outputs: 2, using: &stream)])
    let pass = GradientPass(of: model, .crossEntropy())
    let (input, labels) = (
      randomTensor([4, 3]), Tensor(HostTensor([0, 1, 1, 0] as [Int64], shape: [4]))
    )
    pass(input, labels)
    let once = try #require(model.parameters[0].gradient).clone()
    pass(input, labels)
    #expect(try #require(model.parameters[0].gradient).isClose(to: once * 2))
  }
}
