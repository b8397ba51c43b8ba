import CTorch

/// What a layer of long short-term memories learns.
package struct LSTMWeights {
  /// The weight of the input, `[4 units, inputs]`, and of the output before, `[4 units, units]`.
  package var input, hidden: Tensor
  /// What is added to each gate, `[4 units]`.
  package var inputShift, hiddenShift: Tensor?

  /// Weights.
  package init(input: Tensor, hidden: Tensor, inputShift: Tensor?, hiddenShift: Tensor?) {
    self.input = input
    self.hidden = hidden
    self.inputShift = inputShift
    self.hiddenShift = hiddenShift
  }

  fileprivate var all: [Tensor] { [input, hidden, inputShift, hiddenShift].compactMap { $0 } }

  fileprivate var pointers: ct_lstm_weights {
    ct_lstm_weights(
      input: input.pointer, hidden: hidden.pointer, input_shift: inputShift?.pointer,
      hidden_shift: hiddenShift?.pointer)
  }
}

/// The weights of a layer of long short-term memories as its kernel reads them, as long as they stay as they
/// were.
package final class PackedLSTM {
  private let sources: TensorVersions
  private let inputWeight, hiddenWeight, shift: Tensor

  /// Whether there is a kernel for layers of so many units on this processor, and none other is asked for.
  package static func suits(units: Int) -> Bool { ct_lstm_suits(ct_int(units)) }

  /// Packs weights, in `float32` on the CPU.
  package init(_ weights: LSTMWeights) {
    var (input, hidden, shift): (ct_tensor?, ct_tensor?, ct_tensor?)
    let status = withExtendedLifetime(weights) {
      var learned = weights.pointers
      return ct_lstm_pack(&learned, &input, &hidden, &shift)
    }
    check(status, "LSTM")
    inputWeight = Tensor(owning: input)
    hiddenWeight = Tensor(owning: hidden)
    self.shift = Tensor(owning: shift)
    sources = TensorVersions(weights.all)
  }

  /// Whether it was made of these weights as they are now.
  package func isCurrent(_ weights: LSTMWeights) -> Bool {
    sources.areCurrent(weights.all)
  }

  /// Runs a layer over an input `[time, batch, inputs]`, without gradients.
  /// - Parameters:
  ///   - output: the first output, `[batch, units]`.
  ///   - memory: the first memory, `[batch, units]`.
  /// - Returns: the outputs, `[time, batch, units]`, and the last memory.
  package func callAsFunction(
    _ input: Tensor, output: Tensor, memory: Tensor
  ) -> (outputs: Tensor, memory: Tensor) {
    var (outputs, last): (ct_tensor?, ct_tensor?)
    let status = withExtendedLifetime((input, output, memory, self)) {
      ct_lstm_answers(
        input.pointer, output.pointer, memory.pointer, inputWeight.pointer, hiddenWeight.pointer,
        shift.pointer, &outputs, &last)
    }
    check(status, "LSTM")
    return (Tensor(owning: outputs), Tensor(owning: last))
  }
}
