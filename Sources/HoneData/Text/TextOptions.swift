/// How text becomes token numbers.
public struct TextOptions: Sendable, Codable, Equatable {
  /// The units that numbers stand for.
  public enum Unit: String, Sendable, Codable, CaseIterable {
    /// Words and punctuation marks.
    case words
    /// What a reader sees as one character.
    case characters
    /// Letters, Hangul syllables taken apart into their jamo.
    case jamo
    /// Pieces of words, found by byte-pair encoding on the training texts (Sennrich et al. 2015,
    /// arXiv 1508.07909).
    case subwords
  }

  /// The units that numbers stand for.
  public var unit: Unit
  /// Whether capital letters become small ones.
  public var lowercase: Bool
  /// The most numbers, those for padding and unknown units included; the rarest units go first.
  public var vocabularySize: Int
  /// Units that the training texts hold less often are unknown.
  public var minimumCount: Int
  /// Tokens of a sample, at most; what follows is cut off.
  public var maximumLength: Int

  /// The options of a tokenizer.
  public init(
    unit: Unit = .words, lowercase: Bool = true, vocabularySize: Int = 20_000,
    minimumCount: Int = 2, maximumLength: Int = 256
  ) {
    self.unit = unit
    self.lowercase = lowercase
    self.vocabularySize = vocabularySize
    self.minimumCount = minimumCount
    self.maximumLength = maximumLength
  }
}
