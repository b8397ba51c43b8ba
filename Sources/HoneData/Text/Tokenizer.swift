import Foundation

/// Turns text into the numbers that a model reads; learned from the training split alone.
///
/// ```swift
/// let tokenizer = Tokenizer.learned(from: texts, options: TextOptions(unit: .subwords))
/// let numbers = tokenizer.encode("A text that the model has never seen.")
/// ```
public struct Tokenizer: Sendable, Codable, Equatable {
  /// How text becomes numbers.
  public let options: TextOptions
  /// The units that are known.
  public let vocabulary: Vocabulary
  /// The merges of byte-pair encoding; nil for other units.
  let merges: PairMerges?

  /// Stands for a space before a piece, so that pieces join to the text again (Kudo and Richardson
  /// 2018, arXiv 1808.06226).
  private static let space = "\u{2581}"

  /// Learns the units of some texts.
  /// - Parameters:
  ///   - texts: the training split's texts.
  ///   - options: units, size, letters.
  public static func learned(from texts: some Sequence<String>, options: TextOptions) -> Tokenizer {
    var counts: [String: Int] = [:]
    for text in texts {
      let normal = TextNormalizer.normalized(text, lowercase: options.lowercase)
      for unit in rawUnits(of: normal, options.unit) { counts[unit, default: 0] += 1 }
    }
    guard options.unit == .subwords else {
      let vocabulary = Vocabulary(
        counts: counts, size: options.vocabularySize, minimumCount: options.minimumCount)
      return Tokenizer(options: options, vocabulary: vocabulary, merges: nil)
    }
    var scalars: [String: Int] = [:]
    for (word, count) in counts {
      for scalar in word.unicodeScalars { scalars[String(scalar), default: 0] += count }
    }
    let alphabet = Vocabulary(
      counts: scalars, size: options.vocabularySize, minimumCount: options.minimumCount)
    let merges = PairMerges.learned(
      from: counts, count: max(0, options.vocabularySize - alphabet.count),
      minimumCount: options.minimumCount)
    var units = alphabet.units
    var known = Set(units)
    for pair in merges.pairs where known.insert(pair.joined).inserted { units.append(pair.joined) }
    return Tokenizer(options: options, vocabulary: Vocabulary(units: units), merges: merges)
  }

  /// Shorter batches are filled up to this, so that windows of a few tokens always fit.
  static let shortestLength = 8

  /// Learns from texts, and allows samples as long as the longest of them within the options.
  static func fit(_ texts: [String], options: TextOptions) -> Tokenizer {
    let tokenizer = learned(from: texts, options: options)
    var cache: [String: [Int32]] = [:]
    let longest = texts.map { tokenizer.encode($0, cache: &cache).count }.max() ?? 1
    var options = options
    options.maximumLength = max(shortestLength, min(options.maximumLength, longest))
    return Tokenizer(options: options, vocabulary: tokenizer.vocabulary, merges: tokenizer.merges)
  }

  /// The numbers of a text, at most as many as the options allow.
  ///
  /// Text without a unit, such as white space alone, is one unknown unit: no sample is empty.
  public func encode(_ text: String) -> [Int32] {
    var cache: [String: [Int32]] = [:]
    return encode(text, cache: &cache)
  }

  /// The same with the pieces of words that were met before.
  func encode(_ text: String, cache: inout [String: [Int32]]) -> [Int32] {
    let normal = TextNormalizer.normalized(text, lowercase: options.lowercase)
    var numbers: [Int32] = []
    for unit in Tokenizer.rawUnits(of: normal, options.unit) {
      if numbers.count >= options.maximumLength { break }
      if let known = cache[unit] {
        numbers += known
        continue
      }
      let parts = merges?.pieces(of: unit) ?? [unit]
      let found = parts.map { Int32(vocabulary.number(of: $0)) }
      cache[unit] = found
      numbers += found
    }
    if numbers.isEmpty { return [Int32(Vocabulary.unknown)] }
    return Array(numbers.prefix(options.maximumLength))
  }

  /// The text of numbers: exact for characters, jamo and subwords as far as their units are known,
  /// words with single spaces between them; unknown units become U+FFFD.
  public func decode(_ numbers: some Sequence<Int32>) -> String {
    let units = numbers.filter { Int($0) != Vocabulary.padding }.map {
      vocabulary.unit(Int($0)) ?? "\u{FFFD}"
    }
    switch options.unit {
    case .words: return units.joined(separator: " ")
    case .characters: return units.joined()
    case .jamo: return units.joined().precomposedStringWithCanonicalMapping
    case .subwords:
      let text = units.joined().replacingOccurrences(of: Tokenizer.space, with: " ")
      return text.hasPrefix(" ") ? String(text.dropFirst()) : text
    }
  }

  /// The units of normalized text before merges.
  private static func rawUnits(of text: String, _ unit: TextOptions.Unit) -> [String] {
    switch unit {
    case .words: return WordSplitter.tokens(of: text).map { String($0) }
    case .characters: return text.map { String($0) }
    case .jamo: return text.decomposedStringWithCanonicalMapping.unicodeScalars.map { String($0) }
    case .subwords:
      return text.unicodeScalars.split(whereSeparator: WordSplitter.isSpace).map {
        space + String($0)
      }
    }
  }
}
