/// Word vectors that were learned elsewhere, for a model of texts to begin with.
public struct WordVectorConfiguration: Sendable, Equatable, Codable {
  /// The file: GloVe's text, word2vec's text or binary, fastText's `.vec`.
  public var vectors: String
  /// Whether training leaves the table of vectors alone; the default is that of PyTorch's
  /// `Embedding.from_pretrained`.
  public var freeze: Bool

  /// The vectors of a file.
  public init(vectors: String, freeze: Bool = true) {
    self.vectors = vectors
    self.freeze = freeze
  }
}

extension ModelConfiguration.Architecture {
  /// The length of a word vector; nil for models that read no texts.
  public var wordVectorLength: Int? {
    switch self {
    case .bagOfEmbeddings(let features, _), .textCNN(let features, _, _, _),
      .lstm(let features, _, _, _, _), .gru(let features, _, _, _, _),
      .transformer(let features, _, _, _, _):
      features
    default: nil
    }
  }

  /// The same model with word vectors of another length; itself where it reads no texts.
  public func with(wordVectorLength length: Int) -> Self {
    switch self {
    case .bagOfEmbeddings(_, let dropout): .bagOfEmbeddings(features: length, dropout: dropout)
    case .textCNN(_, let windows, let maps, let dropout):
      .textCNN(features: length, windows: windows, maps: maps, dropout: dropout)
    case .lstm(_, let width, let depth, let bidirectional, let dropout):
      .lstm(
        features: length, width: width, depth: depth, bidirectional: bidirectional,
        dropout: dropout)
    case .gru(_, let width, let depth, let bidirectional, let dropout):
      .gru(
        features: length, width: width, depth: depth, bidirectional: bidirectional,
        dropout: dropout)
    case .transformer(_, let depth, let heads, let feedForward, let dropout):
      .transformer(
        features: length, depth: depth, heads: heads, feedForward: feedForward, dropout: dropout)
    default: self
    }
  }

  /// The length of a word vector where none is chosen; nil for models that read no texts.
  public var usualWordVectorLength: Int? {
    switch self {
    case .bagOfEmbeddings: Self.bagOfEmbeddings().wordVectorLength
    case .textCNN: Self.textCNN().wordVectorLength
    case .lstm: Self.lstm().wordVectorLength
    case .gru: Self.gru().wordVectorLength
    case .transformer: Self.transformer().wordVectorLength
    default: nil
    }
  }
}
