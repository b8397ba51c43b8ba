import HoneNumerics
import HoneTensor
import Testing

@testable import HoneTensor

/// A layer of long short-term memories against its definition, written out.
@Suite(.enabled(if: PackedLSTM.suits(units: 16), "This processor has no such kernel."))
struct PackedLSTMTests {
  private let units = 16
  private let inputs = 5
  private let batch = 3

  private func weights(_ seed: UInt64) -> LSTMWeights {
    let source = RandomSource(seed: seed)
    func drawn(_ shape: [Int]) -> Tensor { Tensor.normal(shape, using: source) * 0.4 }
    return LSTMWeights(
      input: drawn([4 * units, inputs]), hidden: drawn([4 * units, units]),
      inputShift: drawn([4 * units]), hiddenShift: drawn([4 * units]))
  }

  @Test(
    "outputs and the last memory follow the equations of the gates", arguments: [1, 4, 100])
  func equations(times: Int) {
    let weights = weights(1)
    let source = RandomSource(seed: 2)
    let input = Tensor.normal([times, batch, inputs], using: source)
    var output = Tensor.normal([batch, units], using: source)
    var memory = Tensor.normal([batch, units], using: source)
    let found = PackedLSTM(weights)(input, output: output, memory: memory)
    #expect(found.outputs.shape == [times, batch, units])
    for time in 0..<times {
      let sums =
        input.selected(time, along: 0).linear(weights.input, bias: weights.inputShift)
        + output.linear(weights.hidden, bias: weights.hiddenShift)
      let gates = (0..<4).map { sums.sliced($0 * units..<($0 + 1) * units, along: 1) }
      memory = ATen.sigmoid(gates[1]) * memory + ATen.sigmoid(gates[0]) * ATen.tanh(gates[2])
      output = ATen.sigmoid(gates[3]) * ATen.tanh(memory)
      let own = found.outputs.selected(time, along: 0)
      #expect(own.isClose(to: output, relative: 1e-5, absolute: 1e-6))
    }
    #expect(found.memory.isClose(to: memory, relative: 1e-5, absolute: 1e-6))
  }

  @Test("written weights and others are out of date")
  func versions() {
    let weights = weights(1)
    let packed = PackedLSTM(weights)
    #expect(packed.isCurrent(weights))
    #expect(!packed.isCurrent(self.weights(1)))
    withoutGradients { ATen.add__Scalar(weights.hidden, other: 1) }
    #expect(!packed.isCurrent(weights))
  }
}
