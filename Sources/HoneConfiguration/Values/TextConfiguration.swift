/// How texts become the token numbers that a model reads.
public struct TextConfiguration: Sendable, Equatable, Codable {
  /// The units that numbers stand for.
  public var unit: Unit = .words
  /// Whether capital letters become small ones.
  public var lowercase = true
  /// The most numbers, those for padding and unknown units included; the rarest units go first.
  public var vocabularySize = 20_000
  /// Units that the training texts hold less often are unknown.
  public var minimumCount = 2
  /// Tokens of a text, at most; what follows is cut off.
  public var maximumLength = 256

  /// The text settings in which nothing was set.
  public init() {}

  /// The units that numbers stand for.
  public enum Unit: String, Sendable, Codable, CaseIterable {
    /// Words and punctuation marks.
    case words
    /// What a reader sees as one character.
    case characters
    /// Letters, Hangul syllables taken apart into their jamo.
    case jamo
    /// Pieces of words by byte-pair encoding (Sennrich et al. 2015, arXiv 1508.07909).
    case subwords
  }
}
