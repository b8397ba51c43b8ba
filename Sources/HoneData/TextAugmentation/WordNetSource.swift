import Synchronization

/// Synonyms or antonyms in the part of speech and the form of the word they replace.
final class WordNetSource: WordSource {
  private let wordNet: WordNet
  private let isAntonym: Bool
  /// How likely each part of speech of a word is by itself; empty for words that are not known.
  private let weights = Mutex<[String: [Weight]]>([:])
  private let found = Mutex<[Key: [String]]>([:])
  private static let cacheLimit = 200_000

  private struct Key: Hashable {
    let word: String
    let part: WordNet.PartOfSpeech
  }

  private struct Weight {
    let part: WordNet.PartOfSpeech
    let weight: Double
  }

  init(_ wordNet: WordNet, isAntonym: Bool) {
    self.wordNet = wordNet
    self.isAntonym = isAntonym
  }

  func candidates(for piece: Int, in draft: TextDraft) -> [String] {
    guard draft.bytes[draft.pieces[piece].start] < 0x80 else { return [] }
    let word = draft.text(piece).lowercased()
    if StopWords.all.contains(word) { return [] }
    guard let part = part(of: word, piece, draft) else { return [] }
    // Only these have opposites that turn a sentence around.
    if isAntonym, part == .noun { return [] }
    let key = Key(word: word, part: part)
    if let known = found.withLock({ $0[key] }) { return known }
    let words = replacements(of: word, as: part)
    found.withLock { if $0.count < WordNetSource.cacheLimit { $0[key] = words } }
    return words
  }

  private func replacements(of word: String, as part: WordNet.PartOfSpeech) -> [String] {
    let words =
      isAntonym ? wordNet.antonyms(of: word, as: part) : wordNet.synonyms(of: word, as: part)
    let base = wordNet.baseForms(of: word, as: part).first { $0 != word } ?? word
    let inflection =
      wordNet.contains(word, as: part)
      ? Inflection.base : Inflection(of: word, base: base, as: part)
    return words.filter { $0 != base }.compactMap { inflection.applied(to: $0, as: part, wordNet) }
      .filter { $0.lowercased() != word }
  }

  /// The likeliest part of speech of a word after the word before it; nil for unknown words.
  private func part(of word: String, _ piece: Int, _ draft: TextDraft) -> WordNet.PartOfSpeech? {
    let weights = weights(of: word)
    if weights.count < 2 { return weights.first?.part }
    let previous =
      piece > 0 && draft.pieces[piece - 1].isWord ? draft.text(piece - 1).lowercased() : nil
    return weights.max {
      $0.weight * WordNetSource.factor($0.part, after: previous)
        < $1.weight * WordNetSource.factor($1.part, after: previous)
    }?.part
  }

  private func weights(of word: String) -> [Weight] {
    if let known = weights.withLock({ $0[word] }) { return known }
    let found = WordNet.PartOfSpeech.allCases.compactMap { part -> Weight? in
      let bases = wordNet.baseForms(of: word, as: part)
      guard !bases.isEmpty else { return nil }
      let count = bases.reduce(0) { $0 + wordNet.count(of: $1, as: part) }
      return Weight(part: part, weight: Double(count) + 0.5)
    }
    weights.withLock { if $0.count < WordNetSource.cacheLimit { $0[word] = found } }
    return found
  }

  /// How much a word before it speaks for a part of speech; a rule of thumb in place of a tagger.
  private static func factor(_ part: WordNet.PartOfSpeech, after previous: String?) -> Double {
    guard let previous else { return 1 }
    let (rare, likely) = (0.05, 4.0)
    if StopWords.determiners.contains(previous) {
      return part == .noun || part == .adjective ? likely : rare
    }
    if previous == "to" { return part == .verb ? likely : 1 }
    if StopWords.modals.contains(previous) {
      return part == .verb ? 20 : part == .adverb ? 1 : rare
    }
    if StopWords.beings.contains(previous) { return part == .noun ? 0.5 : 1 }
    if StopWords.degrees.contains(previous) {
      return part == .adjective || part == .adverb ? likely : rare
    }
    if StopWords.pronouns.contains(previous) { return part == .verb ? likely : 0.5 }
    if StopWords.prepositions.contains(previous) {
      return part == .noun || part == .adjective ? 2 : 0.5
    }
    return 1
  }
}
