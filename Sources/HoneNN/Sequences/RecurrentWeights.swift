import HoneNumerics
import HoneTensor

/// What a recurrent layer computes at each time.
enum RecurrentCell: String {
  case tanh, relu, lstm, gru

  /// Rows of a weight for each hidden feature.
  var gates: Int {
    switch self {
    case .tanh, .relu: 1
    case .lstm: 4
    case .gru: 3
    }
  }
}

/// The parameters of a stack of recurrent layers, and the run through libtorch that all kinds share.
///
/// Names and order are those of PyTorch's state: `weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`,
/// `bias_hh_l0`, with `_reverse` for the second direction.
final class RecurrentWeights {
  let cell: RecurrentCell
  let inputs: Int
  let features: Int
  let layers: Int
  let hasBias: Bool
  let isBidirectional: Bool
  let dropout: Double
  /// Features of an LSTM's projected output; nil for none.
  let projection: Int?
  let named: [(name: String, parameter: Parameter)]
  /// Weights of long short-term memories in the order of their kernel, while nothing is trained.
  var packs: [PackedLSTM] = []

  var directions: Int { isBidirectional ? 2 : 1 }
  /// Features of one direction's output.
  var outputs: Int { projection ?? features }
  var children: [ModuleChild] {
    named.map { ModuleChild(name: $0.name, content: .parameter($0.parameter)) }
  }
  private var values: [Tensor] { named.map(\.parameter.value) }

  init(
    _ cell: RecurrentCell, inputs: Int, features: Int, options: RecurrentOptions,
    projection: Int? = nil, device: Device, name: String, using stream: inout RandomStream
  ) {
    requirePositive(inputs, "inputs", of: name)
    requirePositive(features, "features", of: name)
    requirePositive(options.layers, "layers", of: name)
    requireFraction(options.dropout, "dropout", of: name)
    if let projection, !(1..<features).contains(projection) {
      fatalError("\(name) got projection: \(projection); it must lie in 1..<\(features).")
    }
    self.cell = cell
    self.inputs = inputs
    self.features = features
    self.projection = projection
    layers = options.layers
    hasBias = options.bias
    isBidirectional = options.isBidirectional
    dropout = options.dropout
    var stream = stream.layerStream()
    let bound = 1 / Double(features).squareRoot()
    let (rows, outputs) = (cell.gates * features, projection ?? features)
    var named: [(String, Parameter)] = []
    for layer in 0..<options.layers {
      for suffix in options.isBidirectional ? ["", "_reverse"] : [""] {
        let width = layer == 0 ? inputs : outputs * (options.isBidirectional ? 2 : 1)
        var shapes: [(String, [Int])] = [
          ("weight_ih", [rows, width]), ("weight_hh", [rows, outputs]),
        ]
        if options.bias { shapes += [("bias_ih", [rows]), ("bias_hh", [rows])] }
        if let projection { shapes.append(("weight_hr", [projection, features])) }
        for (kind, shape) in shapes {
          let value = Initializer.uniform(-bound...bound)
            .tensor(shape, device: device, using: &stream)
          named.append(("\(kind)_l\(layer)\(suffix)", Parameter(value)))
        }
      }
    }
    self.named = named
  }

  /// Outputs and last states of sequences: checks everything, then takes the packed path where there
  /// are lengths.
  /// - Parameters:
  ///   - state: one tensor `[layers x directions, batch, width]` for each of `widths`; zeros where nil.
  ///   - widths: the features of each state.
  func run(
    _ input: Tensor, lengths: Tensor?, state: [Tensor]?, widths: [Int], isTraining: Bool,
    for layer: any Module & CustomStringConvertible
  ) -> [Tensor] {
    func failed(_ sentence: String) -> [Tensor] {
      let poisoned = failPrecondition(sentence)
      return [poisoned] + widths.map { _ in poisoned }
    }
    if input.isPoisoned { return [input] + widths.map { _ in input } }
    let shape = input.shape
    guard shape.count == 3, shape[2] == inputs, shape[1] > 0 else {
      return failed(
        "\(layer) received a tensor of shape \(shape); it must be [batch, time, \(inputs)].")
    }
    let expected = widths.map { [layers * directions, shape[0], $0] }
    if input.isMeta {
      // Each weight is applied once at each position.
      let products = values.reduce(0) { $0 + ($1.shape.count > 1 ? $1.count : 0) }
      let output = input.metaOutput([shape[0], shape[1], directions * outputs])
        .counted(for: layer, multiplyAdds: shape[0] * shape[1] * products)
      return [output] + expected.map { input.metaOutput($0) }
    }
    if let state, !state.contains(where: \.isPoisoned), state.map(\.shape) != expected {
      return failed(
        "\(layer) received a state of shape \(state.map(\.shape)); it must be \(expected): "
          + "[layers x directions, batch, features].")
    }
    let input = input.cast(to: values[0].dtype)
    let start =
      state ?? expected.map { Tensor.zeros($0, dtype: input.dtype, device: input.device) }
    guard let lengths else { return run(input, state: start, isTraining: isTraining) }
    let counts = lengths.values(as: Int64.self)
    guard
      lengths.isPoisoned
        || counts.count == shape[0] && counts.allSatisfy({ (1...Int64(shape[1])).contains($0) })
    else {
      return failed(
        "\(layer) received the lengths \(counts); it needs \(shape[0]) of them, from 1 to "
          + "\(shape[1]).")
    }
    return run(
      input, lengths: lengths.to(.cpu).cast(to: .int64), state: start, isTraining: isTraining)
  }

  /// Runs all positions of all sequences.
  private func run(_ input: Tensor, state: [Tensor], isTraining: Bool) -> [Tensor] {
    stacked(input, state: state, isTraining: isTraining) { input, state, values, layers in
      if let found = answers(input, state: state, values, layers: layers) { return found }
      if cell == .lstm {
        let (outputs, hidden, memory) = ATen.lstm_input(
          input, hx: state, params: values, has_biases: hasBias, num_layers: layers,
          dropout: 0, train: isTraining, bidirectional: isBidirectional, batch_first: true)
        return [outputs, hidden, memory]
      }
      let function =
        switch cell {
        case .gru: ATen.gru_input
        case .relu: ATen.rnn_relu_input
        default: ATen.rnn_tanh_input
        }
      let (outputs, hidden) = function(
        input, state[0], values, hasBias, layers, 0, isTraining, isBidirectional, true)
      return [outputs, hidden]
    }
  }

  /// Runs the whole stack by one call of a kernel, or layer by layer where what lies between them is
  /// dropped: libtorch's kernels would drop by the process's generator.
  /// - Parameter kernel: gives outputs and last states for an input, first states, parameters and the
  ///   number of layers.
  private func stacked(
    _ input: Tensor, state: [Tensor], isTraining: Bool,
    by kernel: (Tensor, [Tensor], [Tensor], Int) -> [Tensor]
  ) -> [Tensor] {
    guard isTraining, dropout > 0, layers > 1 else { return kernel(input, state, values, layers) }
    let count = values.count / layers
    var output = input
    var ends: [[Tensor]] = []
    for layer in 0..<layers {
      let own = (layer * directions)..<((layer + 1) * directions)
      let found = kernel(
        layer == 0 ? output : elementsDropped(output, dropout),
        state.map { $0.sliced(own, along: 0) },
        Array(values[(layer * count)..<((layer + 1) * count)]), 1)
      output = found[0]
      ends.append(Array(found.dropFirst()))
    }
    return [output] + state.indices.map { index in Tensor.concatenated(ends.map { $0[index] }) }
  }

  /// Runs each sequence up to its length, the longest first as libtorch's packed kernels need; outputs
  /// behind a length are zeros.
  private func run(
    _ input: Tensor, lengths: Tensor, state: [Tensor], isTraining: Bool
  ) -> [Tensor] {
    let order = ATen.argsort(lengths, dim: 0, descending: true)
    let places = ATen.argsort(order, dim: 0)
    let (onInput, onInputBack) = (order.to(input.device), places.to(input.device))
    let (data, sizes) = ATen._pack_padded_sequence(
      input.gathered(onInput), lengths: lengths.gathered(order), batch_first: true)
    let found = packed(
      data, sizes: sizes, state: state.map { $0.gathered(onInput, along: 1) },
      isTraining: isTraining)
    let (padded, _) = ATen._pad_packed_sequence(
      found[0], batch_sizes: sizes, batch_first: true, padding_value: 0,
      total_length: input.shape[1])
    return [padded.gathered(onInputBack)]
      + found.dropFirst().map { $0.gathered(onInputBack, along: 1) }
  }

  private func packed(
    _ data: Tensor, sizes: Tensor, state: [Tensor], isTraining: Bool
  ) -> [Tensor] {
    stacked(data, state: state, isTraining: isTraining) { data, state, values, layers in
      if cell == .lstm {
        let (outputs, hidden, memory) = ATen.lstm_data(
          data, batch_sizes: sizes, hx: state, params: values, has_biases: hasBias,
          num_layers: layers, dropout: 0, train: isTraining, bidirectional: isBidirectional)
        return [outputs, hidden, memory]
      }
      let function =
        switch cell {
        case .gru: ATen.gru_data
        case .relu: ATen.rnn_relu_data
        default: ATen.rnn_tanh_data
        }
      let (outputs, hidden) = function(
        data, sizes, state[0], values, hasBias, layers, 0, isTraining, isBidirectional)
      return [outputs, hidden]
    }
  }
}
