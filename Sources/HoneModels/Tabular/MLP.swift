public import HoneNN
public import HoneNumerics
public import HoneTensor

/// A multilayer perceptron: for each width a linear layer, normalization, activation and dropout,
/// in this order; then a linear layer to the outputs.
///
/// Inputs of more than two dimensions are flattened.
public final class MLP: Layer {
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

    /// Options; those left out make a plain perceptron with rectifiers.
    public init(
      activation: Activation = .relu, normalization: BlockNormalization = .none,
      dropout: Double = 0,
      initializer: Initializer = .standard
    ) {
      self.activation = activation
      self.normalization = normalization
      self.dropout = dropout
      self.initializer = initializer
    }
  }

  /// The layers in their order.
  public let layers: Sequential

  /// A perceptron.
  /// - Parameters:
  ///   - inputs: the number of features of a sample.
  ///   - outputs: the number of classes or values.
  ///   - widths: the number of hidden features, layer by layer; empty for a linear model.
  ///   - options: activation, normalization, dropout, first values.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  public init(
    inputs: Int, outputs: Int, widths: [Int] = [256, 128], options: Options = Options(),
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    let extents = [inputs] + widths
    layers = Sequential {
      Flatten()
      for (features, width) in zip(extents, widths) {
        Linear(
          inputs: features, outputs: width, bias: !options.normalization.absorbsBias,
          initializer: options.initializer, device: device, using: &stream)
        options.normalization.forRows(width, device: device)
        options.activation.layer
        if options.dropout > 0 { Dropout(probability: options.dropout) }
      }
      Linear(
        inputs: extents[widths.count], outputs: outputs, initializer: options.initializer,
        device: device, using: &stream)
    }
  }

  /// Logits or values.
  ///
  /// Input `[batch, …]` of `inputs` numbers each, output `[batch, outputs]`.
  public func callAsFunction(_ input: Tensor) -> Tensor { layers(input) }
}
