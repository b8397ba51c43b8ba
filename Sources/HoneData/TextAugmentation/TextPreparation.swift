import Foundation

/// Gets steps ready, each dictionary opened once.
struct TextPreparation {
  let texts: [String]
  let generators: [String: any TextGenerator]
  private var wordNets: [String: WordNet] = [:]
  private var weights: TermWeights?

  init(texts: [String], generators: [String: any TextGenerator]) {
    self.texts = texts
    self.generators = generators
  }

  mutating func prepare(_ step: TextAugmentation) throws(DataError) -> PreparedTextStep {
    try check(step)
    switch step.kind {
    case .oneOf(let steps):
      return .choice(
        try prepare(steps, step.name), count: 1...1, shuffled: false,
        probability: step.probability)
    case .someOf(let steps, let count):
      return .choice(
        try prepare(steps, step.name), count: count, shuffled: false,
        probability: step.probability)
    case .randomOrder(let steps):
      return .choice(
        try prepare(steps, step.name), count: steps.count...steps.count, shuffled: true,
        probability: step.probability)
    case .forClasses(let classes, let steps):
      return .classes(Set(classes), try prepare(steps, step.name))
    default:
      return .single(name: step.name, try single(step), probability: step.probability)
    }
  }

  private mutating func prepare(
    _ steps: [TextAugmentation], _ name: String
  ) throws(DataError) -> [PreparedTextStep] {
    if steps.isEmpty { throw .badTextAugmentation(.noSteps(name: name)) }
    var prepared: [PreparedTextStep] = []
    for step in steps { prepared.append(try prepare(step)) }
    return prepared
  }

  private mutating func single(_ step: TextAugmentation) throws(DataError) -> any TextStep {
    let share = step.words
    switch step.kind {
    case .insertion(let source): return WordInsertion(source: try words(source), share: share)
    case .deletion: return WordDeletion(share: share)
    case .swap: return WordSwap(share: share)
    case .substitution(.tfIdf): return TermSubstitution(weights: termWeights(), share: share)
    case .substitution(let source):
      return WordSubstitution(
        source: try words(source), share: share, keepsCase: !TextPreparation.isLiteral(source))
    case .split(let length): return WordSplit(share: share, minimumLength: length)
    case .keyboard(let characters, let length):
      return CharacterNoise(
        source: KeyboardSlips(characters: characters, minimumLength: length), share: share)
    case .ocr(let characters):
      return CharacterNoise(source: LookAlikes(characters: characters), share: share)
    case .jamo(let characters):
      return CharacterNoise(source: HangulMisspellings(characters: characters), share: share)
    case .typos(let characters, let length):
      return CharacterNoise(
        source: CharacterEdits(characters: characters, minimumLength: length), share: share)
    case .spacing: return SpacingNoise(share: share)
    case .rewriting(let rewriting):
      let generator =
        if let own = generators[rewriting.endpoint] { own } else {
          try LoopbackGenerator(
            rewriting.endpoint, timeoutSeconds: rewriting.timeoutSeconds) as any TextGenerator
        }
      return TextRewriter(rewriting: rewriting, generator: generator)
    case .oneOf, .someOf, .randomOrder, .forClasses:
      fatalError("TextPreparation.single got \(step.name), which is made of other steps.")
    }
  }

  /// Whether a source's words are cased as they are to stand.
  private static func isLiteral(_ source: TextWordSource) -> Bool {
    switch source {
    case .corrections, .words: true
    default: false
    }
  }

  private mutating func words(_ source: TextWordSource) throws(DataError) -> any WordSource {
    switch source {
    case .synonyms(let folder):
      return WordNetSource(try wordNet(folder), isAntonym: false)
    case .antonyms(let folder):
      return WordNetSource(try wordNet(folder), isAntonym: true)
    case .neighbors(let path, let count, let similarity):
      let vectors = try WordVectors(contentsOf: path, vocabulary: vocabulary())
      if vectors.words.isEmpty {
        throw .badVectors(path: path, line: 0, problem: .nothingCovered)
      }
      return NeighborSource(vectors, count: count, similarity: similarity)
    case .tfIdf: return TermSource(weights: termWeights())
    case .misspellings(let file): return try Misspellings(file: file)
    case .corrections(let dictionary): return try SpellingDictionary(dictionary)
    case .words(let words): return FixedWords(words: words)
    }
  }

  private mutating func wordNet(_ folder: String) throws(DataError) -> WordNet {
    if let open = wordNets[folder] { return open }
    let opened = try WordNet(folder: folder)
    wordNets[folder] = opened
    return opened
  }

  private mutating func termWeights() -> TermWeights {
    if let weights { return weights }
    let learned = TermWeights(texts)
    weights = learned
    return learned
  }

  /// The words of the texts as they stand and in small letters; nil where there are no texts.
  private func vocabulary() -> Set<String>? {
    if texts.isEmpty { return nil }
    var words: Set<String> = []
    for text in texts {
      let draft = TextDraft(Array(text.utf8))
      for piece in draft.words {
        let word = draft.text(piece)
        words.insert(word)
        words.insert(word.lowercased())
      }
    }
    return words
  }

  private func check(_ step: TextAugmentation) throws(DataError) {
    func require(_ holds: Bool, _ parameter: String, _ allowed: String) throws(DataError) {
      if !holds {
        throw .badTextAugmentation(
          .badNumber(name: step.name, parameter: parameter, allowed: allowed))
      }
    }
    func check(_ share: TextShare, _ key: String) throws(DataError) {
      try require((0...1).contains(share.share), key, "0 to 1")
      try require(
        share.minimum >= 0 && share.maximum >= share.minimum, "maximum", ">= minimum >= 0")
    }
    try require((0...1).contains(step.probability), "probability", "0 to 1")
    try check(step.words, "share")
    switch step.kind {
    case .keyboard(let characters, _), .ocr(let characters), .jamo(let characters),
      .typos(let characters, _):
      try check(characters, "characterShare")
    case .someOf(let steps, let count):
      try require(
        count.lowerBound >= 0 && count.upperBound <= steps.count, "count", "0 to \(steps.count)")
    case .substitution(.neighbors(_, let count, _)), .insertion(.neighbors(_, let count, _)):
      try require(count > 0, "neighbors", ">= 1")
    default: break
    }
  }
}
