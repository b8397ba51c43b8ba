/// A change made to training samples at random.
public indirect enum AugmentationSpecification: Sendable, Equatable, Codable {
  /// Pads with zeros and cuts a window of the old size anywhere in it.
  case randomCrop(padding: Int = 4)
  /// Mirrors left and right.
  case horizontalFlip(probability: Double = 0.5)
  /// Moves the picture by up to so many pixels each way.
  case randomTranslate(pixels: Int = 2)
  /// Blanks a rectangle (Zhong et al. 2017, arXiv 1708.04896).
  case randomErasing(probability: Double = 0.25)
  /// Turns by up to so many degrees either way.
  case randomRotation(degrees: Double = 10)
  /// Pastes a rectangle of another sample and mixes labels by area (Yun et al. 2019, arXiv
  /// 1905.04899).
  case cutMix(alpha: Double = 1)
  /// Averages two samples and their labels (Zhang et al. 2017, arXiv 1710.09412).
  case mixUp(alpha: Double = 0.2)

  // Texts.

  /// Puts words before words of a text (Wei and Zou 2019, arXiv 1901.11196).
  case wordInsertion(
    source: InsertionSource = .synonyms, wordNet: String? = nil, vectors: String? = nil,
    share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Takes words out of a text (arXiv 1901.11196).
  case wordDeletion(
    share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Exchanges neighbouring words.
  case wordSwap(
    share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Puts a space into words of at least so many characters.
  case wordSplit(
    minimumLength: Int = 4, share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Puts words of the same meaning in the place of words (Miller 1995; arXiv 1901.11196).
  case synonymReplacement(
    wordNet: String? = nil, share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Puts words of the opposite meaning in the place of words (Miller 1995).
  case antonymReplacement(
    wordNet: String? = nil, share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Puts words with near vectors in the place of words.
  case embeddingReplacement(
    vectors: String, neighbors: Int = 10, similarity: Double = 0.5, share: Double = 0.3,
    minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Puts words that say little in the place of such words (Xie et al. 2019, arXiv 1904.12848).
  case tfIdfReplacement(
    share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Misspells words as they often are, from a file or the built-in list.
  case spellingNoise(
    dictionary: String? = nil, share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Corrects misspelled words by hunspell.
  case spellingCorrection(
    dictionary: String = "en_US", share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Inserts, omits, exchanges and replaces characters (Damerau 1964).
  case typoNoise(
    minimumLength: Int = 4, characterShare: Double = 0.3, share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Slips to neighbouring keys, Hangul on the two-set layout.
  case keyboardNoise(
    minimumLength: Int = 4, characterShare: Double = 0.3, share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Takes characters for others that look alike.
  case ocrNoise(
    characterShare: Double = 0.3, share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Misspells Hangul by sound and by stroke.
  case jamoNoise(
    characterShare: Double = 0.3, share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Leaves spaces out or puts them into words.
  case spacingNoise(
    share: Double = 0.3, minimum: Int = 1,
    maximum: Int = 10, probability: Double = 1)
  /// Has a model on this machine translate texts and back (Sennrich et al. 2016, arXiv 1511.06709).
  case backTranslation(
    endpoint: String, through: String = "de", timeoutSeconds: Double = 30, probability: Double = 1)
  /// Has a model on this machine say texts anew.
  case generation(endpoint: String, timeoutSeconds: Double = 30, probability: Double = 1)

  // Combinations.

  /// One of several steps.
  case oneOf(steps: [AugmentationSpecification])
  /// So many of several steps, each once, in their order.
  case someOf(count: Int, steps: [AugmentationSpecification])
  /// All steps, in random order.
  case randomOrder(steps: [AugmentationSpecification])
  /// All steps, or none.
  case randomApply(probability: Double = 0.5, steps: [AugmentationSpecification])

  /// Where words come from that are inserted into texts.
  public enum InsertionSource: String, Sendable, Codable, CaseIterable {
    /// Synonyms of a word of the text.
    case synonyms
    /// Words with vectors near that of a word of the text.
    case embedding
    /// Words of the training texts that say little.
    case tfIdf
  }

  /// The name in a configuration.
  public var name: String {
    // The case's name is what coding writes too.
    String(String(describing: self).prefix { $0 != "(" })
  }
}
