import Foundation
import Synchronization

/// The WordNet database of English words (Miller 1995), read where it is installed.
///
/// Files are mapped into memory and searched in place; looking words up is safe from any thread.
///
/// ```swift
/// let wordNet = try WordNet()
/// wordNet.synonyms(of: "quick", as: .adjective)   // ["speedy", "flying", "fast", …]
/// ```
public final class WordNet: Sendable {
  /// The parts of speech that WordNet knows.
  public enum PartOfSpeech: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nouns.
    case noun
    /// Verbs.
    case verb
    /// Adjectives.
    case adjective
    /// Adverbs.
    case adverb

    /// The ending of its files.
    var ending: String {
      switch self {
      case .noun: "noun"
      case .verb: "verb"
      case .adjective: "adj"
      case .adverb: "adv"
      }
    }
  }

  /// Where Debian's package `wordnet-base` puts the database.
  public static let standardFolder = "/usr/share/wordnet"

  /// The folder of the database.
  public let folder: String
  private let indexes: [PartOfSpeech: SortedLines]
  private let contents: [PartOfSpeech: SortedLines]
  private let exceptions: [PartOfSpeech: [String: [String]]]
  private let irregular: [PartOfSpeech: [String: [String]]]
  private let counts: SortedLines?
  /// What was looked up before; bounded by `cacheLimit`.
  private let cache = Mutex<[CacheKey: [String]]>([:])
  private static let cacheLimit = 200_000

  private struct CacheKey: Hashable {
    let word: String
    let part: PartOfSpeech
    let isAntonym: Bool
  }

  /// Opens a database.
  /// - Parameter folder: the folder that holds `index.noun`, `data.noun` and the like.
  /// - Throws: `DataError.badTextAugmentation` where the files are not there, naming the package.
  public init(folder: String = WordNet.standardFolder) throws(DataError) {
    self.folder = folder
    let place = URL(fileURLWithPath: folder, isDirectory: true)
    var indexes: [PartOfSpeech: SortedLines] = [:]
    var contents: [PartOfSpeech: SortedLines] = [:]
    var exceptions: [PartOfSpeech: [String: [String]]] = [:]
    for part in PartOfSpeech.allCases {
      do {
        indexes[part] = try SortedLines(place.appendingPathComponent("index.\(part.ending)"))
        contents[part] = try SortedLines(place.appendingPathComponent("data.\(part.ending)"))
      } catch {
        throw .badTextAugmentation(.noWordNet(folder: folder))
      }
      let file = place.appendingPathComponent("\(part.ending).exc")
      exceptions[part] = WordNet.exceptions((try? String(contentsOf: file, encoding: .utf8)) ?? "")
    }
    self.indexes = indexes
    self.contents = contents
    self.exceptions = exceptions
    irregular = exceptions.mapValues { forms in
      var found: [String: [String]] = [:]
      for form in forms.keys.sorted() {
        for base in forms[form] ?? [] { found[base, default: []].append(form) }
      }
      return found
    }
    counts = try? SortedLines(place.appendingPathComponent("cntlist.rev"))
  }

  private static func exceptions(_ text: String) -> [String: [String]] {
    var found: [String: [String]] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map { String($0) }
      guard words.count > 1 else { continue }
      found[words[0], default: []] += words[1...]
    }
    return found
  }

  /// Words that share a meaning with a word, most usual meanings first, without the word itself.
  /// - Parameters:
  ///   - word: a word in any form, in small letters; spaces for the underscores of the database.
  ///   - part: the part of speech.
  public func synonyms(of word: String, as part: PartOfSpeech) -> [String] {
    cached(word, part, isAntonym: false) {
      unique(synsets(of: word, as: part).flatMap(\.words), without: word)
    }
  }

  /// Words of the opposite meaning, those that the database opposes to the word itself and to its
  /// synonyms.
  /// - Parameters:
  ///   - word: a word in any form, in small letters.
  ///   - part: the part of speech.
  public func antonyms(of word: String, as part: PartOfSpeech) -> [String] {
    cached(word, part, isAntonym: true) {
      unique(synsets(of: word, as: part).flatMap { opposites($0) }, without: word)
    }
  }

  /// Whether the database has a word in this very form.
  public func contains(_ word: String, as part: PartOfSpeech) -> Bool {
    !offsets(of: word.replacingOccurrences(of: " ", with: "_"), as: part).isEmpty
  }

  /// How often meanings of a word in this very form were counted in the tagged texts that WordNet came
  /// with.
  public func count(of word: String, as part: PartOfSpeech) -> Int {
    guard let counts else { return 0 }
    let types: [Int] =
      switch part {
      case .noun: [1]
      case .verb: [2]
      case .adjective: [3, 5]
      case .adverb: [4]
      }
    return types.reduce(0) { sum, type in
      counts.lines(beginning: "\(word)%\(type):").reduce(sum) { sum, line in
        sum + (line.split(separator: " ").last.flatMap { Int($0) } ?? 0)
      }
    }
  }

  /// The base forms of a word, as WordNet's Morphy finds them: the irregular one where there is one,
  /// else those that the rules of the endings give and the database has.
  public func baseForms(of word: String, as part: PartOfSpeech) -> [String] {
    let word = word.replacingOccurrences(of: " ", with: "_")
    if let bases = exceptions[part]?[word] {
      return uniqueWords([word] + bases).filter { contains($0, as: part) }
    }
    let forms = [word] + WordNet.withoutEndings(word, part)
    return uniqueWords(forms).filter { contains($0, as: part) }
  }

  /// The irregular forms of a base form.
  func irregularForms(of base: String, as part: PartOfSpeech) -> [String] {
    irregular[part]?[base] ?? []
  }

  // MARK: Reading

  private struct Synset {
    let part: PartOfSpeech
    let words: [String]
    /// The antonyms of words: the word's place from 1, the other's synset and place.
    let opposites: [(offset: Int, part: PartOfSpeech, target: Int)]
  }

  private func cached(
    _ word: String, _ part: PartOfSpeech, isAntonym: Bool, _ find: () -> [String]
  ) -> [String] {
    let key = CacheKey(word: word, part: part, isAntonym: isAntonym)
    if let known = cache.withLock({ $0[key] }) { return known }
    let found = find()
    cache.withLock { if $0.count < WordNet.cacheLimit { $0[key] = found } }
    return found
  }

  private func synsets(of word: String, as part: PartOfSpeech) -> [Synset] {
    var seen: Set<Int> = []
    return baseForms(of: word, as: part).flatMap { offsets(of: $0, as: part) }
      .filter { seen.insert($0).inserted }.compactMap { synset(at: $0, part) }
  }

  /// The places of a base form's synsets: the last fields of its line in the index.
  private func offsets(of base: String, as part: PartOfSpeech) -> [Int] {
    guard !base.isEmpty, let line = indexes[part]?.lines(beginning: base + " ").first else {
      return []
    }
    let fields = line.split(separator: " ")
    guard fields.count > 3, let count = Int(fields[2]) else { return [] }
    return fields.suffix(count).compactMap { Int($0) }
  }

  private func synset(at offset: Int, _ part: PartOfSpeech) -> Synset? {
    guard let line = contents[part]?.line(at: offset) else { return nil }
    let fields = line.split(separator: " ")
    guard fields.count > 4, let count = Int(fields[3], radix: 16), fields.count > 4 + 2 * count
    else {
      return nil
    }
    let words = (0..<count).map { WordNet.withoutMarker(fields[4 + 2 * $0]) }
    var opposites: [(offset: Int, part: PartOfSpeech, target: Int)] = []
    let pointers = Int(fields[4 + 2 * count]) ?? 0
    for pointer in 0..<pointers {
      let place = 5 + 2 * count + 4 * pointer
      guard place + 3 < fields.count, fields[place] == "!", let offset = Int(fields[place + 1]),
        let target = Int(fields[place + 3].suffix(2), radix: 16),
        let part = WordNet.part(of: fields[place + 2])
      else { continue }
      opposites.append((offset, part, target))
    }
    return Synset(part: part, words: words, opposites: opposites)
  }

  private func opposites(_ synset: Synset) -> [String] {
    synset.opposites.flatMap { opposite -> [String] in
      guard let other = self.synset(at: opposite.offset, opposite.part) else { return [] }
      let place = opposite.target - 1
      return other.words.indices.contains(place) ? [other.words[place]] : other.words
    }
  }

  /// An adjective's word without the mark of where it may stand, as in `galore(ip)`.
  private static func withoutMarker(_ word: Substring) -> String {
    word.hasSuffix(")") ? String(word.prefix { $0 != "(" }) : String(word)
  }

  private static func part(of letter: Substring) -> PartOfSpeech? {
    switch letter {
    case "n": .noun
    case "v": .verb
    case "a", "s": .adjective
    case "r": .adverb
    default: nil
    }
  }

  private static func withoutEndings(_ word: String, _ part: PartOfSpeech) -> [String] {
    (endings[part] ?? []).compactMap { old, new in
      word.hasSuffix(old) ? String(word.dropLast(old.count)) + new : nil
    }
  }

  private static let endings: [PartOfSpeech: [(String, String)]] = [
    .noun: [
      ("s", ""), ("ses", "s"), ("ves", "f"), ("xes", "x"), ("zes", "z"), ("ches", "ch"),
      ("shes", "sh"), ("men", "man"), ("ies", "y"),
    ],
    .verb: [
      ("s", ""), ("ies", "y"), ("es", "e"), ("es", ""), ("ed", "e"), ("ed", ""), ("ing", "e"),
      ("ing", ""),
    ],
    .adjective: [("er", ""), ("est", ""), ("er", "e"), ("est", "e")],
    .adverb: [],
  ]

  private func uniqueWords(_ words: [String]) -> [String] {
    var seen: Set<String> = []
    return words.filter { seen.insert($0).inserted }
  }

  private func unique(_ words: [String], without word: String) -> [String] {
    uniqueWords(words.map { $0.replacingOccurrences(of: "_", with: " ") })
      .filter { $0.lowercased() != word.lowercased() }
  }
}
