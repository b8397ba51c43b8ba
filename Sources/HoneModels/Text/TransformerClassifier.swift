public import HoneNN
public import HoneNumerics
public import HoneTensor

/// A Transformer encoder over word vectors with sinusoidal positions, the mean of its outputs and a
/// linear layer (Vaswani and others 2017, arXiv 1706.03762).
///
/// Padding is neither looked at nor averaged.
public final class TransformerClassifier: Layer {
  /// What a network has besides its extents.
  public struct Options: Sendable, Hashable {
    /// The number of encoder layers.
    public var layers: Int
    /// The number of attention heads.
    public var heads: Int
    /// Feed-forward width, dropout, activation, the place of norms.
    public var block: TransformerOptions

    /// Options; small enough to train from scratch, with norms first.
    public init(
      layers: Int = 2, heads: Int = 4,
      block: TransformerOptions = TransformerOptions(
        feedForward: 256, activation: .gelu(), isNormFirst: true)
    ) {
      self.layers = layers
      self.heads = heads
      self.block = block
    }
  }

  /// The table of word vectors.
  public let embedding: Embedding
  /// What adds positions.
  public let positions: SinusoidalPositions
  /// The encoder.
  public let encoder: TransformerEncoder
  /// From the mean to the outputs.
  public let head: Linear

  /// A Transformer classifier.
  /// - Parameters:
  ///   - embedding: the table of word vectors; its padding index, 0 where it has none, ends a text.
  ///   - outputs: the number of classes or values.
  ///   - options: layers, heads, the options of a block.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: the heads divide the embedding's features.
  public init(
    embedding: Embedding, outputs: Int, options: Options = Options(), device: Device = .cpu,
    using stream: inout RandomStream
  ) {
    self.embedding = embedding
    positions = SinusoidalPositions(
      features: embedding.features, dropout: options.block.dropout)
    encoder = TransformerEncoder(
      layers: options.layers, features: embedding.features, heads: options.heads,
      options: options.block, device: device, using: &stream)
    head = Linear(inputs: embedding.features, outputs: outputs, device: device, using: &stream)
  }

  /// A Transformer classifier with word vectors of its own.
  /// - Parameters:
  ///   - vocabulary: the number of token numbers, with 0 for padding.
  ///   - outputs: the number of classes or values.
  ///   - features: the length of a word vector.
  ///   - options: layers, heads, the options of a block.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  public convenience init(
    vocabulary: Int, outputs: Int, features: Int = 128, options: Options = Options(),
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    let embedding = Embedding(
      entries: vocabulary, features: features, paddingIndex: 0, device: device, using: &stream)
    self.init(
      embedding: embedding, outputs: outputs, options: options, device: device, using: &stream)
  }

  /// Logits or values.
  ///
  /// Input `[batch, length]` token numbers, output `[batch, outputs]`.
  public func callAsFunction(_ tokens: Tensor) -> Tensor {
    if tokens.isPoisoned { return tokens }
    let vectors = embedding(tokens)
    if tokens.isMeta { return head(encoder(positions(vectors)).mean(along: [1])) }
    let padding = TokenPadding(tokens, paddingIndex: embedding.paddingIndex ?? 0)
    let encoded = encoder(positions(vectors), mask: AttentionMask(keyPadding: padding.isPadding))
    if encoded.isPoisoned { return encoded }
    let sum = encoded.masked(padding.isPadding.unsqueezed(at: 2), with: 0).sum(along: [1])
    return head(sum / padding.lengths.cast(to: sum.dtype).unsqueezed(at: 1))
  }
}
