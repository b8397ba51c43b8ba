/// What Transformer layers have besides their extents; the values left out are PyTorch's.
public struct TransformerOptions: Sendable, Hashable {
  /// The width of the layer between the two linear maps of a position.
  public var feedForward: Int
  /// The share of elements that training drops: of attention weights, inside the feed-forward part and
  /// behind each part.
  public var dropout: Double
  /// What is applied between the two linear maps: `.relu` or `.gelu()` as a rule.
  public var activation: Activation
  /// Whether each part normalizes its input, which trains more easily, instead of the sum with its
  /// output as in the paper.
  public var isNormFirst: Bool
  /// What is added to variances in normalizations.
  public var epsilon: Double
  /// Rotations of queries and keys by their positions; nil for none.
  public var rotary: RotaryPositions?

  /// Options.
  public init(
    feedForward: Int = 2048, dropout: Double = 0.1, activation: Activation = .relu,
    isNormFirst: Bool = false, epsilon: Double = 1e-5, rotary: RotaryPositions? = nil
  ) {
    self.feedForward = feedForward
    self.dropout = dropout
    self.activation = activation
    self.isNormFirst = isNormFirst
    self.epsilon = epsilon
    self.rotary = rotary
  }
}
