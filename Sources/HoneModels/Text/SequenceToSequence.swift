public import HoneNN
public import HoneNumerics
public import HoneTensor

/// A Transformer that answers a sequence of tokens with another (Vaswani and others 2017,
/// arXiv 1706.03762).
///
/// Encoder, decoder and head share one table of word vectors' size; the two numbers behind the vocabulary
/// begin and end an answer.
///
/// ```swift
/// let model = SequenceToSequence(vocabulary: tokenizer.vocabulary.count, using: &stream)
/// let logits = model(sources, answers)      // while training: answers moved right by `start`
/// let answer = model.answer(to: [4, 7, 2])  // the likeliest token after the other
/// ```
public final class SequenceToSequence: Module {
  /// The table of token vectors.
  public let embedding: Embedding
  /// What adds positions.
  public let positions: SinusoidalPositions
  /// What reads the source.
  public let encoder: TransformerEncoder
  /// What writes the answer.
  public let decoder: TransformerDecoder
  /// From the decoder's output to the tokens.
  public let head: Linear

  /// The number that begins an answer.
  public let start: Int
  /// The number that ends it.
  public let end: Int

  /// A model.
  /// - Parameters:
  ///   - vocabulary: the number of token numbers, with 0 for padding.
  ///   - features: the length of a token's vector.
  ///   - layers: layers of the encoder, and of the decoder.
  ///   - heads: attention heads.
  ///   - block: feed-forward width, dropout, activation, the place of norms.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: the heads divide the features.
  public init(
    vocabulary: Int, features: Int = 128, layers: Int = 2, heads: Int = 4,
    block: TransformerOptions = TransformerOptions(
      feedForward: 256, activation: .gelu(), isNormFirst: true),
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    start = vocabulary
    end = vocabulary + 1
    embedding = Embedding(
      entries: vocabulary + 2, features: features, paddingIndex: 0, device: device, using: &stream)
    positions = SinusoidalPositions(features: features, dropout: block.dropout)
    encoder = TransformerEncoder(
      layers: layers, features: features, heads: heads, options: block, device: device,
      using: &stream)
    decoder = TransformerDecoder(
      layers: layers, features: features, heads: heads, options: block, device: device,
      using: &stream)
    head = Linear(inputs: features, outputs: vocabulary + 2, device: device, using: &stream)
  }

  /// The logits of each next token of an answer.
  /// - Parameters:
  ///   - source: `[batch, length]` token numbers, filled up with 0.
  ///   - answer: `[batch, time]`, `start` first.
  /// - Returns: `[batch, time, vocabulary + 2]`.
  public func callAsFunction(_ source: Tensor, _ answer: Tensor) -> Tensor {
    let padding = AttentionMask(keyPadding: TokenPadding(source).isPadding)
    return decoded(answer, encoder(positions(embedding(source)), mask: padding), padding)
  }

  /// The likeliest token after the other, without those that begin and end it.
  /// - Parameters:
  ///   - source: token numbers; not empty.
  ///   - maximumLength: the answer ends here at the latest.
  public func answer(to source: [Int32], maximumLength: Int = 256) -> [Int32] {
    withoutGradients {
      let tokens = Tensor(source.map { Int64($0) }, shape: [1, source.count])
        .to(embedding.weight.value.device)
      let padding = AttentionMask(keyPadding: TokenPadding(tokens).isPadding)
      let memory = encoder(positions(embedding(tokens)), mask: padding)
      var answer = [Int64(start)]
      while answer.count <= maximumLength {
        let written = Tensor(answer, shape: [1, answer.count]).to(tokens.device)
        let scores = decoded(written, memory, padding).floats.suffix(end + 1)
        let best = scores.indices.max { scores[$0] < scores[$1] } ?? scores.startIndex
        let token = best - scores.startIndex
        if token == end { break }
        answer.append(Int64(token))
      }
      return answer.dropFirst().map { Int32($0) }
    }
  }

  private func decoded(_ answer: Tensor, _ memory: Tensor, _ padding: AttentionMask) -> Tensor {
    head(
      decoder(
        positions(embedding(answer)), memory: memory, mask: AttentionMask(isCausal: true),
        memoryMask: padding))
  }
}
