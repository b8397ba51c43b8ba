import HoneNumerics

/// Words for the place of others.
protocol WordSource: Sendable {
  /// The words that may stand in a piece's place, none of them the word itself; empty where there are
  /// none.
  func candidates(for piece: Int, in draft: TextDraft) throws -> [String]

  /// A word that may take a piece's place.
  func candidate(
    for piece: Int, in draft: TextDraft, _ stream: inout RandomStream
  ) throws -> String?
}

extension WordSource {
  func candidate(
    for piece: Int, in draft: TextDraft, _ stream: inout RandomStream
  ) throws -> String? {
    let found = try candidates(for: piece, in: draft)
    return found.isEmpty ? nil : found[stream.index(below: found.count)]
  }
}

/// Puts other words in the place of words, cased as they were.
struct WordSubstitution: TextStep {
  let source: any WordSource
  let share: TextShare
  /// Whether a replacement takes the case of the word it replaces.
  var keepsCase = true

  func changes(_ draft: TextDraft, _ stream: inout RandomStream) throws -> [TextChange] {
    try draft.drawn(share, &stream) { piece, stream in
      guard let word = try source.candidate(for: piece, in: draft, &stream), !word.isEmpty else {
        return nil
      }
      let old = draft.text(piece)
      let new = keepsCase ? LetterCase(old).applied(to: word) : word
      return new == old ? nil : TextChange(draft.pieces[piece].range, to: new)
    }
  }
}

/// Puts words into a text, each before a word drawn at random; what they are is drawn for another word
/// of the text.
///
/// At the start of a text the new word takes over the capital letter.
struct WordInsertion: TextStep {
  let source: any WordSource
  let share: TextShare
  /// Words tried for one insertion before it is given up (Wei and Zou 2019).
  private static let tries = 10

  func changes(_ draft: TextDraft, _ stream: inout RandomStream) throws -> [TextChange] {
    var changes: [TextChange] = []
    let places = draft.drawn(share, &stream) { piece, _ in
      TextChange(draft.pieces[piece].start..<draft.pieces[piece].start, to: "")
    }
    for place in places {
      guard let word = try newWord(draft, &stream) else { continue }
      var change = place
      change.replacement = word + " "
      changes.append(change)
    }
    return withFirstCapital(changes, draft)
  }

  private func newWord(_ draft: TextDraft, _ stream: inout RandomStream) throws -> String? {
    for _ in 0..<WordInsertion.tries {
      let piece = draft.words[stream.index(below: draft.words.count)]
      if let word = try source.candidate(for: piece, in: draft, &stream), !word.isEmpty {
        return word
      }
    }
    return nil
  }

  private func withFirstCapital(_ changes: [TextChange], _ draft: TextDraft) -> [TextChange] {
    guard let first = draft.words.first, let change = changes.first,
      change.range.lowerBound == draft.pieces[first].start
    else { return changes }
    let old = draft.text(first)
    guard LetterCase(old) == .capitalized, old != "I" else { return changes }
    var changes = changes
    changes[0].replacement = change.replacement.capitalizedFirst
    changes.insert(TextChange(draft.pieces[first].range, to: old.lowercased()), at: 1)
    return changes
  }
}

/// The same words wherever they are asked for.
struct FixedWords: WordSource {
  let words: [String]

  func candidates(for piece: Int, in draft: TextDraft) -> [String] { words }
}
