extension Augmentation {
  /// Where words come from that are inserted into texts.
  public enum InsertionSource: String, Sendable, Codable, CaseIterable {
    /// Synonyms of a word of the text.
    case synonyms
    /// Words with vectors near that of a word of the text.
    case embedding
    /// Words of the training texts that say little.
    case tfIdf
  }

  /// Whether the step changes texts.
  public var isForTexts: Bool {
    switch self {
    case .wordInsertion, .wordDeletion, .wordSwap, .wordSplit, .synonymReplacement,
      .antonymReplacement, .embeddingReplacement, .tfIdfReplacement, .spellingNoise,
      .spellingCorrection, .typoNoise, .keyboardNoise, .ocrNoise, .jamoNoise, .spacingNoise,
      .backTranslation, .generation:
      true
    default: false
    }
  }

  /// The models that a step or one within it asks: addresses, or folders.
  public var endpoints: [String] {
    switch self {
    case .backTranslation(let endpoint, _, _, _), .generation(let endpoint, _, _): [endpoint]
    default: inner.flatMap(\.endpoints)
    }
  }

  /// The first step for texts among this one and those it is made of.
  public var firstForTexts: Augmentation? {
    isForTexts ? self : inner.lazy.compactMap(\.firstForTexts).first
  }
}
