public import HoneNN
public import HoneNumerics
public import HoneTensor

/// A linear classifier of the mean of word vectors, as in fastText (Joulin and others 2016, arXiv
/// 1607.01759): fast, and hard to beat on long texts with little data.
public final class BagOfEmbeddings: Layer {
  /// The table of word vectors and their mean.
  public let embedding: EmbeddingBag
  /// From the mean to the outputs.
  public let head: Sequential

  /// A bag of embeddings.
  /// - Parameters:
  ///   - embedding: the table; its padding index, 0 where it has none, is left out of means.
  ///   - outputs: the number of classes or values.
  ///   - dropout: the share of the mean's features that training drops.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  public init(
    embedding: Embedding, outputs: Int, dropout: Double = 0, device: Device = .cpu,
    using stream: inout RandomStream
  ) {
    self.embedding = EmbeddingBag(sharing: embedding, paddingIndex: embedding.paddingIndex ?? 0)
    head = Sequential {
      if dropout > 0 { Dropout(probability: dropout) }
      Linear(
        inputs: embedding.features, outputs: outputs, device: device, using: &stream)
    }
  }

  /// A bag of embeddings of its own.
  /// - Parameters:
  ///   - vocabulary: the number of token numbers, with 0 for padding.
  ///   - outputs: the number of classes or values.
  ///   - features: the length of a word vector; fastText's is 100.
  ///   - dropout: the share of the mean's features that training drops.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  public convenience init(
    vocabulary: Int, outputs: Int, features: Int = 100, dropout: Double = 0,
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    let embedding = Embedding(
      entries: vocabulary, features: features, paddingIndex: 0, device: device, using: &stream)
    self.init(
      embedding: embedding, outputs: outputs, dropout: dropout, device: device, using: &stream)
  }

  /// Logits or values.
  ///
  /// Input `[batch, length]` token numbers padded with the padding index, output `[batch, outputs]`.
  public func callAsFunction(_ tokens: Tensor) -> Tensor { head(embedding(tokens)) }
}
