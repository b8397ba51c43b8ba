/// One random change of the training texts, drawn anew for every sample and epoch.
///
/// ```swift
/// let steps: [TextAugmentation] = [
///   .oneOf([TextAugmentation(.swap), TextAugmentation(.deletion), TextAugmentation(.substitution(.synonyms()))]),
///   TextAugmentation(.keyboard(), probability: 0.2),
/// ]
/// ```
///
/// Whatever a step does not name stays as it is, spacing and punctuation included, and no text becomes
/// empty.
public struct TextAugmentation: Sendable, Hashable, Codable {
  /// What a step does.
  public indirect enum Kind: Sendable, Hashable, Codable {
    /// Puts new words before words drawn at random (Wei and Zou 2019, arXiv 1901.11196).
    case insertion(TextWordSource)
    /// Takes words out, with a space beside each (Wei and Zou 2019, arXiv 1901.11196).
    case deletion
    /// Exchanges words with a word beside them.
    case swap
    /// Puts other words in the place of words (Wei and Zou 2019, arXiv 1901.11196, for synonyms).
    case substitution(TextWordSource)
    /// Puts a space into words of at least so many characters.
    case split(minimumLength: Int = 4)
    /// Slips to keys beside the intended ones, in words of at least so many key strokes: Latin letters
    /// and digits on QWERTY, Hangul on the two-set layout.
    case keyboard(characters: TextShare = TextShare(), minimumLength: Int = 4)
    /// Characters that optical recognition takes for each other.
    case ocr(characters: TextShare = TextShare())
    /// Misspellings of Hangul: jamo that sound alike, double consonants, final consonants that are
    /// forgotten, and strokes that are missed, doubled or out of order.
    case jamo(characters: TextShare = TextShare())
    /// Characters inserted, left out, exchanged or replaced (Damerau 1964).
    case typos(characters: TextShare = TextShare(), minimumLength: Int = 4)
    /// Spaces left out between words or put into them.
    case spacing
    /// The whole text said anew by a model.
    case rewriting(TextRewriting)
    /// One of some steps, each as likely.
    case oneOf([TextAugmentation])
    /// Some of the steps, drawn without repetition and done in the order given.
    case someOf([TextAugmentation], count: ClosedRange<Int>)
    /// All of the steps in an order drawn at random.
    case randomOrder([TextAugmentation])
    /// All of the steps for samples of some classes, nothing for others.
    case forClasses([String], [TextAugmentation])
  }

  /// What the step does.
  public var kind: Kind
  /// The share of samples that the step changes.
  public var probability: Double
  /// How many words it changes; kinds made of other steps have no use for it.
  public var words: TextShare

  /// A random change.
  public init(_ kind: Kind, words: TextShare = TextShare(), probability: Double = 1) {
    self.kind = kind
    self.probability = probability
    self.words = words
  }

  /// One of some steps, each as likely.
  public static func oneOf(_ steps: [TextAugmentation], probability: Double = 1) -> Self {
    TextAugmentation(.oneOf(steps), probability: probability)
  }

  /// Some of the steps, drawn without repetition and done in the order given.
  public static func someOf(
    _ steps: [TextAugmentation], count: ClosedRange<Int>, probability: Double = 1
  ) -> Self {
    TextAugmentation(.someOf(steps, count: count), probability: probability)
  }

  /// The classes that a step or one within it names.
  var namedClasses: [String] {
    switch kind {
    case .forClasses(let classes, let steps): classes + steps.flatMap(\.namedClasses)
    case .oneOf(let steps), .someOf(let steps, _), .randomOrder(let steps):
      steps.flatMap(\.namedClasses)
    default: []
    }
  }

  /// The name in a configuration.
  public var name: String {
    switch kind {
    case .insertion: "wordInsertion"
    case .deletion: "wordDeletion"
    case .swap: "wordSwap"
    case .substitution(let source): source.substitutionName
    case .split: "wordSplit"
    case .keyboard: "keyboardNoise"
    case .ocr: "ocrNoise"
    case .jamo: "jamoNoise"
    case .typos: "typoNoise"
    case .spacing: "spacingNoise"
    case .rewriting(let rewriting): rewriting.task.rawValue
    case .oneOf: "oneOf"
    case .someOf: "someOf"
    case .randomOrder: "randomOrder"
    case .forClasses: "forClasses"
    }
  }
}

/// How many of the words of a text, or the characters of a word, a step changes.
///
/// The count is the share of all, rounded up, within bounds; words and marks count, but only what the
/// step can change is drawn. These are nlpaug's rule and bounds.
public struct TextShare: Sendable, Hashable, Codable {
  /// The share of all.
  public var share: Double
  /// The fewest that are changed, as far as there are so many.
  public var minimum: Int
  /// The most that are changed.
  public var maximum: Int

  /// A share with bounds.
  public init(_ share: Double = 0.3, minimum: Int = 1, maximum: Int = 10) {
    self.share = share
    self.minimum = minimum
    self.maximum = maximum
  }

  /// How many of so many are changed.
  func count(of total: Int) -> Int {
    guard total > 0 else { return 0 }
    return max(minimum, min(maximum, Int((share * Double(total)).rounded(.up))))
  }
}

/// Where words come from that are inserted or take the place of others.
public enum TextWordSource: Sendable, Hashable, Codable {
  /// Words of the same meaning and part of speech from WordNet (Miller 1995).
  case synonyms(wordNet: String = WordNet.standardFolder)
  /// Words of the opposite meaning from WordNet: verbs, adjectives and adverbs.
  case antonyms(wordNet: String = WordNet.standardFolder)
  /// Words whose vectors point in nearly the same direction.
  case neighbors(vectors: String, count: Int = 10, similarity: Double = 0.5)
  /// Words that say little in place of words that say little, by TF-IDF on the training texts (Xie et
  /// al. 2019, arXiv 1904.12848).
  case tfIdf
  /// Common misspellings, from a file with a word and its misspellings on each line; nil for the
  /// built-in list.
  case misspellings(file: String? = nil)
  /// What hunspell takes misspelled words for, by the name of a dictionary or the path of one without
  /// its ending.
  case corrections(dictionary: String = "en_US")
  /// Any of some words.
  case words([String])

  var substitutionName: String {
    switch self {
    case .synonyms: "synonymReplacement"
    case .antonyms: "antonymReplacement"
    case .neighbors: "embeddingReplacement"
    case .tfIdf: "tfIdfReplacement"
    case .misspellings: "spellingNoise"
    case .corrections: "spellingCorrection"
    case .words: "wordReplacement"
    }
  }
}

/// What a model is asked to say anew, and where it listens.
public struct TextRewriting: Sendable, Hashable, Codable {
  /// How a text is said anew.
  public enum Task: String, Sendable, Hashable, Codable, CaseIterable {
    /// Into another language and back (Sennrich et al. 2016, arXiv 1511.06709).
    case backTranslation
    /// In other words, or going on from it.
    case generation
  }

  /// How the text is said anew.
  public var task: Task
  /// The model's address on this machine, such as `http://127.0.0.1:8080/rewrite`.
  public var endpoint: String
  /// The language to go through, as an ISO 639 code, for a back-translation.
  public var through: String
  /// The longest wait for an answer.
  public var timeoutSeconds: Double

  /// A request to a model.
  public init(
    _ task: Task, endpoint: String, through: String = "de", timeoutSeconds: Double = 30
  ) {
    self.task = task
    self.endpoint = endpoint
    self.through = through
    self.timeoutSeconds = timeoutSeconds
  }
}
