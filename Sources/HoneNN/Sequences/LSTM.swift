public import HoneNumerics
public import HoneTensor

/// A long short-term memory (Hochreiter and Schmidhuber 1997) with a forget gate (Gers and others 2000):
/// c = σ(f) c + σ(i) tanh(g), h = σ(o) tanh(c), with f, i, g and o linear in the input and h.
///
/// The state holds PyTorch's names (`weight_ih_l0`, `bias_hh_l1_reverse`), so that its state
/// dictionaries load as they are; first values are PyTorch's, uniform within ±1/√features.
public final class LSTM: Layer, ModeDependent, CustomStringConvertible {
  /// The features of the output where it is projected (Sak and others 2014); nil for `features`.
  public let projection: Int?
  /// The features of a position.
  public let inputs: Int
  /// The features of the state.
  public let features: Int
  /// Layers, directions, dropout between layers, bias.
  public let options: RecurrentOptions
  /// Whether outputs are dropped between layers.
  public var isTraining = true
  fileprivate let weights: RecurrentWeights

  /// A stack of long short-term memories.
  /// - Parameters:
  ///   - inputs: the features of a position.
  ///   - features: the features of the state.
  ///   - projection: the features that outputs are projected to, fewer than `features`; nil for none.
  ///   - options: layers, directions, dropout between layers, bias.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  public init(
    inputs: Int, features: Int, projection: Int? = nil,
    options: RecurrentOptions = RecurrentOptions(),
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    self.inputs = inputs
    self.features = features
    self.options = options
    self.projection = projection
    weights = RecurrentWeights(
      .lstm, inputs: inputs, features: features, options: options, projection: projection,
      device: device, name: "LSTM", using: &stream)
  }

  /// The state behind a position.
  public struct State {
    /// The output of each layer and direction, `[layers x directions, batch, projection or features]`.
    public let hidden: Tensor
    /// The memory of each layer and direction, `[layers x directions, batch, features]`.
    public let memory: Tensor

    /// A state.
    public init(hidden: Tensor, memory: Tensor) {
      self.hidden = hidden
      self.memory = memory
    }
  }

  /// What running over sequences gives.
  public struct Run {
    /// The output of the last layer at each position, `[batch, time, directions x width]`, with the
    /// width `projection` or `features`; zeros behind a sequence's length.
    public let outputs: Tensor
    /// The state behind the last position of each sequence.
    public let state: State
  }

  /// The outputs of whole sequences.
  ///
  /// Input `[batch, time, inputs]`, output `[batch, time, directions x width]`.
  public func callAsFunction(_ input: Tensor) -> Tensor { self(input, lengths: nil).outputs }

  /// The outputs and last states of sequences.
  /// - Parameters:
  ///   - input: `[batch, time, inputs]`.
  ///   - lengths: the number of positions of each sequence, `[batch]`, in any order; what lies behind
  ///     them is not computed. Nil where all are full. Waits for the device.
  ///   - state: the first state; zeros where nil.
  /// - Precondition: lengths lie in 1...time.
  public func callAsFunction(
    _ input: Tensor, lengths: Tensor?, state: State? = nil
  ) -> Run {
    let found = weights.run(
      input, lengths: lengths, state: state.map { [$0.hidden, $0.memory] },
      widths: [projection ?? features, features], isTraining: isTraining, for: self)
    return Run(outputs: found[0], state: State(hidden: found[1], memory: found[2]))
  }

  /// The parameters under PyTorch's names.
  public var children: [ModuleChild] { weights.children }

  /// The layer as code: `LSTM(inputs: 8, features: 16)`.
  public var description: String { "LSTM(inputs: \(inputs), features: \(features))" }
}

extension LSTM: StackedWeights {
  var stackedWeights: [StackedWeight] { weights.stacked }
}
