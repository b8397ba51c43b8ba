extension LayerSpecification {
  /// Layers for sequences of tokens, `[length]`, or of features, `[length, features]`.
  public enum Temporal: Sendable, Equatable, Codable {
    /// A vector for each number of a vocabulary.
    case embedding(
      vocabulary: Int, outputs: Int, paddingIndex: Int? = nil, maxNorm: Double? = nil,
      initializer: InitializerSpecification? = nil)
    /// One vector for all numbers of a sample.
    case embeddingBag(
      vocabulary: Int, outputs: Int, mode: BagMode = .mean, paddingIndex: Int? = nil,
      maxNorm: Double? = nil, initializer: InitializerSpecification? = nil)
    /// A plain recurrent network (Elman 1990).
    case rnn(
      outputs: Int, nonlinearity: RecurrentNonlinearity = .tanh, layers: Int = 1,
      bidirectional: Bool = false, dropout: Double = 0, bias: Bool = true,
      returns: RecurrentResult = .sequence)
    /// A long short-term memory (Hochreiter and Schmidhuber 1997).
    case lstm(
      outputs: Int, projection: Int? = nil, layers: Int = 1, bidirectional: Bool = false,
      dropout: Double = 0, bias: Bool = true, returns: RecurrentResult = .sequence)
    /// A gated recurrent unit (arXiv 1406.1078).
    case gru(
      outputs: Int, layers: Int = 1, bidirectional: Bool = false, dropout: Double = 0,
      bias: Bool = true, returns: RecurrentResult = .sequence)
    /// Attention of positions to each other by several heads (arXiv 1706.03762).
    case multiHeadAttention(
      heads: Int, dropout: Double = 0, bias: Bool = true, causal: Bool = false,
      rotary: Bool = false)
    /// A stack of Transformer encoder layers (arXiv 1706.03762).
    case transformerEncoder(
      heads: Int, layers: Int = 1, feedForward: Int = 2048, dropout: Double = 0.1,
      activation: ActivationName = .relu, normFirst: Bool = false, epsilon: Double = 1e-5,
      causal: Bool = false, rotary: Bool = false)
    /// Adds sines and cosines of the position (arXiv 1706.03762).
    case sinusoidalPositions(dropout: Double = 0)
    /// Adds a learned vector for each position.
    case learnedPositions(initializer: InitializerSpecification? = nil)
  }

  /// How the vectors of a bag become one.
  public enum BagMode: String, Sendable, Codable, CaseIterable {
    /// Their sum.
    case sum
    /// Their mean.
    case mean
    /// The largest value of each feature.
    case max
  }

  /// What a plain recurrent layer applies.
  public enum RecurrentNonlinearity: String, Sendable, Codable, CaseIterable {
    /// Hyperbolic tangent.
    case tanh
    /// max(x, 0).
    case relu
  }

  /// What a recurrent layer hands on.
  public enum RecurrentResult: String, Sendable, Codable, CaseIterable {
    /// The output at each position.
    case sequence
    /// The last state of each direction, one behind the other.
    case last
  }
}
