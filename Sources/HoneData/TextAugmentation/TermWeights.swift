import Foundation
import HoneNumerics

/// How much words say, by TF-IDF over the training texts.
///
/// After Xie, Dai, Hovy, Luong and Le 2019 (arXiv 1904.12848). A word of a text is replaced the likelier the less it says there; what takes its place is drawn
/// from all words of the training texts, the likelier the less it says overall.
struct TermWeights: Sendable {
  /// The logarithm of the texts per text that holds the word.
  private let idf: [String: Double]
  private let words: [String]
  /// The running sum of the words' chances.
  private let sums: [Double]

  init(_ texts: some Sequence<String>) {
    var occurrences: [String: Int] = [:]
    var documents: [String: Int] = [:]
    var number = 0
    for text in texts {
      number += 1
      let draft = TextDraft(Array(text.utf8))
      var seen: Set<String> = []
      for piece in draft.words {
        let word = draft.text(piece).lowercased()
        occurrences[word, default: 0] += 1
        if seen.insert(word).inserted { documents[word, default: 0] += 1 }
      }
    }
    let idf = documents.mapValues { log(Double(number) / Double($0)) }
    words = occurrences.keys.sorted()
    let scores = words.map { Double(occurrences[$0] ?? 0) * (idf[$0] ?? 0) }
    let highest = scores.max() ?? 0
    var sum = 0.0
    // Words that all say the same are all as likely.
    let isFlat = scores.allSatisfy { $0 == highest }
    sums = scores.map { score in
      sum += isFlat ? 1 : highest - score
      return sum
    }
    self.idf = idf
  }

  /// A word, drawn by how little it says; nil where no word is known.
  func word(_ stream: inout RandomStream) -> String? {
    guard let total = sums.last, total > 0 else { return nil }
    let point = stream.uniform() * total
    var (low, high) = (0, sums.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > point { high = middle } else { low = middle + 1 }
    }
    return words[low]
  }

  /// The chance of each word of a draft to be drawn, up to a factor.
  func chances(_ draft: TextDraft) -> [Double] {
    var counts: [String: Int] = [:]
    let words = draft.words.map { draft.text($0).lowercased() }
    for word in words { counts[word, default: 0] += 1 }
    let unknown = idf.values.max() ?? 0
    let scores = words.map { Double(counts[$0] ?? 0) * (idf[$0] ?? unknown) }
    let highest = scores.max() ?? 0
    let isFlat = scores.allSatisfy { $0 == highest }
    return scores.map { isFlat ? 1 : highest - $0 }
  }
}

/// Replaces words that say little by words that say little.
struct TermSubstitution: TextStep {
  let weights: TermWeights
  let share: TextShare

  func changes(_ draft: TextDraft, _ stream: inout RandomStream) -> [TextChange] {
    var chances = weights.chances(draft)
    var changes: [TextChange] = []
    for _ in 0..<min(share.count(of: draft.pieces.count), chances.count) {
      let total = chances.reduce(0, +)
      guard total > 0 else { break }
      var point = stream.uniform() * total
      let place = chances.firstIndex { chance in
        point -= chance
        return point < 0
      }
      guard let place, let word = weights.word(&stream) else { continue }
      chances[place] = 0
      let piece = draft.words[place]
      let old = draft.text(piece)
      let new = LetterCase(old).applied(to: word)
      if new != old { changes.append(TextChange(draft.pieces[piece].range, to: new)) }
    }
    return changes.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}

/// Words that say little, for insertions.
struct TermSource: WordSource {
  let weights: TermWeights

  func candidates(for piece: Int, in draft: TextDraft) -> [String] { [] }

  func candidate(
    for piece: Int, in draft: TextDraft, _ stream: inout RandomStream
  ) -> String? {
    weights.word(&stream)
  }
}
