public import HoneNN
public import HoneNumerics
public import HoneTensor

/// A recurrent network over word vectors, and a linear layer on its state behind the last token of each
/// text, or on those of both directions.
///
/// Lengths come from the padding, and what lies behind them is not computed.
public final class RecurrentClassifier: Layer {
  /// The kinds of recurrent layer.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Long short-term memories.
    case lstm
    /// Gated recurrent units.
    case gru
  }

  /// What a network has besides its extents.
  public struct Options: Sendable, Hashable {
    /// The features of a state.
    public var width: Int
    /// The number of layers.
    public var layers: Int
    /// Whether a second network reads from the end.
    public var isBidirectional: Bool
    /// The share of features that training drops, of word vectors, between layers and before the last
    /// layer.
    public var dropout: Double

    /// Options.
    public init(
      width: Int = 128, layers: Int = 1, isBidirectional: Bool = true, dropout: Double = 0.2
    ) {
      self.width = width
      self.layers = layers
      self.isBidirectional = isBidirectional
      self.dropout = dropout
    }
  }

  /// The table of word vectors.
  public let embedding: Embedding
  /// The recurrent layers, where they are memories.
  public let lstm: LSTM?
  /// The recurrent layers, where they are gated units.
  public let gru: GRU?
  /// What drops word vectors and states.
  public let dropout: Dropout
  /// From the state to the outputs.
  public let head: Linear
  private let directions: Int

  /// A recurrent classifier.
  /// - Parameters:
  ///   - kind: the kind of recurrent layer.
  ///   - embedding: the table of word vectors; its padding index, 0 where it has none, ends a text.
  ///   - outputs: the number of classes or values.
  ///   - options: width, layers, directions, dropout.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  public init(
    _ kind: Kind = .lstm, embedding: Embedding, outputs: Int, options: Options = Options(),
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    self.embedding = embedding
    let stack = RecurrentOptions(
      layers: options.layers, isBidirectional: options.isBidirectional,
      dropout: options.layers > 1 ? options.dropout : 0)
    switch kind {
    case .lstm:
      lstm = LSTM(
        inputs: embedding.features, features: options.width, options: stack, device: device,
        using: &stream)
      gru = nil
    case .gru:
      lstm = nil
      gru = GRU(
        inputs: embedding.features, features: options.width, options: stack, device: device,
        using: &stream)
    }
    dropout = Dropout(probability: options.dropout)
    directions = options.isBidirectional ? 2 : 1
    head = Linear(
      inputs: directions * options.width, outputs: outputs, device: device, using: &stream)
  }

  /// A recurrent classifier with word vectors of its own.
  /// - Parameters:
  ///   - kind: the kind of recurrent layer.
  ///   - vocabulary: the number of token numbers, with 0 for padding.
  ///   - outputs: the number of classes or values.
  ///   - features: the length of a word vector.
  ///   - options: width, layers, directions, dropout.
  ///   - stream: where the first values come from.
  public convenience init(
    _ kind: Kind = .lstm, vocabulary: Int, outputs: Int, features: Int = 128,
    options: Options = Options(), device: Device = .cpu, using stream: inout RandomStream
  ) {
    let embedding = Embedding(
      entries: vocabulary, features: features, paddingIndex: 0, device: device, using: &stream)
    self.init(
      kind, embedding: embedding, outputs: outputs, options: options, device: device,
      using: &stream)
  }

  /// Logits or values.
  ///
  /// Input `[batch, length]` token numbers, output `[batch, outputs]`. Waits for the device, because
  /// lengths are needed on the CPU.
  public func callAsFunction(_ tokens: Tensor) -> Tensor {
    if tokens.isPoisoned { return tokens }
    let vectors = dropout(embedding(tokens))
    let lengths =
      tokens.isMeta
      ? nil : TokenPadding(tokens, paddingIndex: embedding.paddingIndex ?? 0).lengths
    let hidden =
      lstm.map { $0(vectors, lengths: lengths).state.hidden }
      ?? gru.map { $0(vectors, lengths: lengths).hidden } ?? vectors
    if hidden.isPoisoned { return hidden }
    let last = (0..<directions).map { hidden[hidden.shape[0] - directions + $0] }
    return head(dropout(Tensor.concatenated(last, along: 1)))
  }
}
