public import HoneNN
public import HoneNumerics
public import HoneTensor

/// A multilayer perceptron: for each width blocks of a linear layer, normalization, activation and
/// dropout, in this order or another; then a linear layer to the outputs.
///
/// Inputs of more than two dimensions are flattened.
///
/// ```swift
/// // Six hidden layers, three of 256 and three of 128 features, normalized before they are used.
/// let options = MLP.Options(
///   normalization: .layer, repeats: 3, order: [.norm, .linear, .activation])
/// let model = MLP(inputs: 784, outputs: 10, widths: [256, 128], options: options, using: &stream)
/// ```
public final class MLP: LayerChain {
  /// What a perceptron has besides its extents.
  public struct Options: Sendable, Hashable {
    /// What is applied to hidden features.
    public var activation: Activation
    /// What normalizes hidden features.
    public var normalization: BlockNormalization
    /// The share of hidden features that training drops; none where zero.
    public var dropout: Double
    /// The first values of weights.
    public var initializer: Initializer
    /// How many blocks there are of each width.
    public var repeats: Int
    /// What a block is made of, first to last.
    public var order: [Piece]

    /// Options; those left out make a plain perceptron with rectifiers.
    public init(
      activation: Activation = .relu, normalization: BlockNormalization = .none,
      dropout: Double = 0, initializer: Initializer = .standard, repeats: Int = 1,
      order: [Piece] = Piece.allCases
    ) {
      self.activation = activation
      self.normalization = normalization
      self.dropout = dropout
      self.initializer = initializer
      self.repeats = repeats
      self.order = order
    }
  }

  /// A part of a block.
  public enum Piece: String, Sendable, Hashable, CaseIterable {
    /// The linear layer.
    case linear
    /// The normalization, over as many features as come in.
    case norm
    /// The activation.
    case activation
    /// The dropout.
    case dropout
  }

  /// The layers in their order.
  public let layers: Sequential

  /// A perceptron.
  /// - Parameters:
  ///   - inputs: the number of features of a sample.
  ///   - outputs: the number of classes or values.
  ///   - widths: the number of hidden features, block by block; empty for a linear model.
  ///   - options: activation, normalization, dropout, first values, what blocks are made of.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: there is at least one block of each width; a block has one linear layer and no
  ///   part twice.
  public init(
    inputs: Int, outputs: Int, widths: [Int] = [256, 128], options: Options = Options(),
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    options.check()
    let hidden = widths.flatMap { [Int](repeating: $0, count: options.repeats) }
    let extents = [inputs] + hidden
    layers = Sequential {
      Flatten()
      for (features, width) in zip(extents, hidden) {
        for piece in options.order {
          options.layer(piece, from: features, to: width, device: device, using: &stream)
        }
      }
      Linear(
        inputs: extents[hidden.count], outputs: outputs, initializer: options.initializer,
        device: device, using: &stream)
    }
  }

  /// The layers, as one.
  public var chain: [any Layer<Tensor, Tensor>] { [layers] }

  /// Logits or values.
  ///
  /// Input `[batch, …]` of `inputs` numbers each, output `[batch, outputs]`.
  public func callAsFunction(_ input: Tensor) -> Tensor { layers(input) }
}

extension MLP.Options {
  fileprivate func check() {
    guard repeats >= 1 else {
      fatalError("A perceptron got \(repeats) blocks of each width; it needs one or more.")
    }
    guard order.contains(.linear), Set(order).count == order.count else {
      fatalError(
        "A block of a perceptron got the parts \(order.map(\.rawValue)); it needs one linear layer "
          + "and no part twice.")
    }
  }

  /// A part of the block that makes so many features of so many; nil for one that does nothing.
  fileprivate func layer(
    _ piece: MLP.Piece, from features: Int, to width: Int, device: Device,
    using stream: inout RandomStream
  ) -> (any Layer<Tensor, Tensor>)? {
    switch piece {
    case .linear:
      return Linear(
        inputs: features, outputs: width, bias: !normalizesSums, initializer: initializer,
        device: device, using: &stream)
    case .norm:
      let isBehind = order.prefix { $0 != .norm }.contains(.linear)
      return normalization.forRows(isBehind ? width : features, device: device)
    case .activation: return activation.layer
    case .dropout: return dropout > 0 ? Dropout(probability: dropout) : nil
    }
  }

  /// Whether a normalization right behind the linear layer would subtract its bias again.
  private var normalizesSums: Bool {
    guard normalization.absorbsBias, let linear = order.firstIndex(of: .linear) else {
      return false
    }
    return order.dropFirst(linear + 1).first == .norm
  }
}
