public import HoneNumerics
public import HoneTensor

/// A plain recurrent network (Elman 1990): h = f(W x + b + U h + c), position by position, with tanh or
/// a rectifier for f.
///
/// The state holds PyTorch's names (`weight_ih_l0`, `bias_hh_l1_reverse`), so that its state
/// dictionaries load as they are; first values are PyTorch's, uniform within ±1/√features.
public final class RNN: Layer, ModeDependent, CustomStringConvertible {
  /// What is applied to the sum.
  public enum Nonlinearity: String, Sendable, Hashable, CaseIterable {
    /// tanh x.
    case tanh
    /// max(0, x).
    case relu
  }

  /// What is applied to the sum.
  public let nonlinearity: Nonlinearity
  /// The features of a position.
  public let inputs: Int
  /// The features of the state.
  public let features: Int
  /// Layers, directions, dropout between layers, bias.
  public let options: RecurrentOptions
  /// Whether outputs are dropped between layers.
  public var isTraining = true
  fileprivate let weights: RecurrentWeights

  /// A stack of plain recurrent layers.
  /// - Parameters:
  ///   - inputs: the features of a position.
  ///   - features: the features of the state.
  ///   - nonlinearity: what is applied to the sum.
  ///   - options: layers, directions, dropout between layers, bias.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  public init(
    inputs: Int, features: Int, nonlinearity: Nonlinearity = .tanh,
    options: RecurrentOptions = RecurrentOptions(),
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    self.inputs = inputs
    self.features = features
    self.options = options
    self.nonlinearity = nonlinearity
    weights = RecurrentWeights(
      nonlinearity == .tanh ? .tanh : .relu, inputs: inputs, features: features, options: options,
      device: device, name: "RNN", using: &stream)
  }

  /// What running over sequences gives.
  public struct Run {
    /// The state of the last layer at each position, `[batch, time, directions x features]`; zeros
    /// behind a sequence's length.
    public let outputs: Tensor
    /// The state of each layer and direction behind the last position of each sequence,
    /// `[layers x directions, batch, features]`.
    public let hidden: Tensor
  }

  /// The outputs of whole sequences.
  ///
  /// Input `[batch, time, inputs]`, output `[batch, time, directions x features]`.
  public func callAsFunction(_ input: Tensor) -> Tensor { self(input, lengths: nil).outputs }

  /// The outputs and last states of sequences.
  /// - Parameters:
  ///   - input: `[batch, time, inputs]`.
  ///   - lengths: the number of positions of each sequence, `[batch]`, in any order; what lies behind
  ///     them is not computed. Nil where all are full. Waits for the device.
  ///   - hidden: the first state, `[layers x directions, batch, features]`; zeros where nil.
  /// - Precondition: lengths lie in 1...time.
  public func callAsFunction(
    _ input: Tensor, lengths: Tensor?, hidden: Tensor? = nil
  ) -> Run {
    let found = weights.run(
      input, lengths: lengths, state: hidden.map { [$0] }, widths: [features],
      isTraining: isTraining, for: self)
    return Run(outputs: found[0], hidden: found[1])
  }

  /// The parameters under PyTorch's names.
  public var children: [ModuleChild] { weights.children }

  /// The layer as code: `RNN(inputs: 8, features: 16)`.
  public var description: String { "RNN(inputs: \(inputs), features: \(features))" }
}

extension RNN: StackedWeights {
  var stackedWeights: [StackedWeight] { weights.stacked }
}
