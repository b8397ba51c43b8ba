import HoneTensor

// Long short-term memories by a kernel of our own.
extension RecurrentWeights {
  /// Sequences up to which the kernel is faster than libtorch's.
  private static let mostSequences = 8

  /// The outputs and last states of layers in one direction for few sequences, without gradients; nil where
  /// libtorch must run them.
  ///
  /// The weights are kept in the order that the kernel reads until they change or gradients are recorded.
  func answers(
    _ input: Tensor, state: [Tensor], _ values: [Tensor], layers: Int
  ) -> [Tensor]? {
    if isRecordingGradientsSometime {
      // Training changes the weights, and has no use for second ones.
      packs = []
      return nil
    }
    guard cell == .lstm, projection == nil, !isBidirectional, input.device.kind == .cpu,
      ([input] + state + values).allSatisfy({ !$0.isPoisoned && $0.dtype == .float32 }),
      (1...Self.mostSequences).contains(input.shape[0]), !isAutocastEnabled(on: .cpu),
      PackedLSTM.suits(units: features)
    else { return nil }
    var output = input.transposed(0, 1)
    var (hidden, memory): ([Tensor], [Tensor]) = ([], [])
    for layer in 0..<layers {
      let first = state.map { $0.selected(layer, along: 0) }
      let run = packed(weights(of: layer, values), layer, of: layers)
      let found = run(output, output: first[0], memory: first[1])
      output = found.outputs
      hidden.append(output.selected(-1, along: 0))
      memory.append(found.memory)
    }
    return [output.transposed(0, 1), Tensor.stacked(hidden), Tensor.stacked(memory)]
  }

  private func weights(of layer: Int, _ values: [Tensor]) -> LSTMWeights {
    let start = layer * (hasBias ? 4 : 2)
    return LSTMWeights(
      input: values[start], hidden: values[start + 1],
      inputShift: hasBias ? values[start + 2] : nil, hiddenShift: hasBias ? values[start + 3] : nil)
  }

  private func packed(_ weights: LSTMWeights, _ layer: Int, of layers: Int) -> PackedLSTM {
    if packs.count == layers, packs[layer].isCurrent(weights) { return packs[layer] }
    let pack = PackedLSTM(weights)
    if packs.count == layers {
      packs[layer] = pack
    } else {
      packs.append(pack)
    }
    return pack
  }
}
