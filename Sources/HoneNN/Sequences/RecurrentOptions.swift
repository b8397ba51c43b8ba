/// What recurrent layers have besides their extents.
public struct RecurrentOptions: Sendable, Hashable {
  /// The number of layers, each running over the outputs of the one before.
  public var layers: Int
  /// Whether a second set of weights runs from the end to the beginning; outputs are joined.
  public var isBidirectional: Bool
  /// The share of outputs that training drops between layers; nothing is dropped behind the last.
  public var dropout: Double
  /// Whether each gate adds a learned number; two of them, as in PyTorch.
  public var bias: Bool

  /// Options; those left out make a single layer in one direction.
  public init(
    layers: Int = 1, isBidirectional: Bool = false, dropout: Double = 0, bias: Bool = true
  ) {
    self.layers = layers
    self.isBidirectional = isBidirectional
    self.dropout = dropout
    self.bias = bias
  }
}
