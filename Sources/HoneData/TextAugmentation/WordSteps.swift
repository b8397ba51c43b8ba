import HoneNumerics

/// Takes words out.
///
/// A space beside a word goes with it; line breaks, tabs and marks stay. One word always remains.
struct WordDeletion: TextStep {
  let share: TextShare

  func changes(_ draft: TextDraft, _ stream: inout RandomStream) -> [TextChange] {
    guard draft.words.count > 1 else { return [] }
    var left = draft.words.count - 1
    var goes = [Bool](repeating: false, count: draft.pieces.count)
    var changes = draft.drawn(share, &stream) { piece, _ in
      guard left > 0 else { return nil }
      left -= 1
      goes[piece] = true
      return TextChange(draft.pieces[piece].range, to: "")
    }
    takeSpaces(draft, &changes)
    capitalizeFirst(draft, goes, &changes)
    return changes
  }

  /// Widens each deletion by the space before the word, or the one after it.
  private func takeSpaces(_ draft: TextDraft, _ changes: inout [TextChange]) {
    var piece = 0
    for index in changes.indices {
      while draft.pieces[piece].start < changes[index].range.lowerBound { piece += 1 }
      let before = draft.gap(before: piece)
      let after = draft.gap(after: piece)
      let isTaken = index > 0 && changes[index - 1].range.upperBound == before.upperBound
      let range = changes[index].range
      if draft.isSpace(before), !isTaken {
        changes[index].range = before.lowerBound..<range.upperBound
      } else if draft.isSpace(after) {
        changes[index].range = range.lowerBound..<after.upperBound
      }
    }
  }

  /// Passes the capital letter of the text's first word on to the word that is first now.
  private func capitalizeFirst(
    _ draft: TextDraft, _ goes: [Bool], _ changes: inout [TextChange]
  ) {
    guard let first = draft.words.first, goes[first],
      let next = draft.words.first(where: { !goes[$0] }),
      LetterCase(draft.text(first)) == .capitalized
    else { return }
    let word = draft.text(next)
    guard LetterCase(word) == .lower else { return }
    let range = draft.pieces[next].range
    let place = changes.firstIndex { $0.range.lowerBound >= range.lowerBound } ?? changes.count
    changes.insert(TextChange(range, to: word.capitalizedFirst), at: place)
  }
}

/// Exchanges words with the word before or after.
///
/// Marks between them stay where they are; a capital letter at the start of the text stays at the start.
struct WordSwap: TextStep {
  let share: TextShare

  func changes(_ draft: TextDraft, _ stream: inout RandomStream) -> [TextChange] {
    let words = draft.words
    let count = min(share.count(of: draft.pieces.count), words.count / 2)
    guard count > 0 else { return [] }
    var partner = [Int](repeating: -1, count: words.count)
    var order = Array(words.indices)
    var left = order.count
    var pairs = 0
    while left > 0, pairs < count {
      let pick = stream.index(below: left)
      let word = order[pick]
      left -= 1
      order[pick] = order[left]
      guard partner[word] < 0 else { continue }
      let before = word > 0 && partner[word - 1] < 0
      let after = word + 1 < words.count && partner[word + 1] < 0
      guard before || after else { continue }
      let other =
        before && after
        ? (stream.index(below: 2) == 0 ? word - 1 : word + 1)
        : before ? word - 1 : word + 1
      partner[word] = other
      partner[other] = word
      pairs += 1
    }
    var changes: [TextChange] = []
    changes.reserveCapacity(2 * pairs)
    for word in words.indices where partner[word] >= 0 {
      let (here, there) = (words[word], words[partner[word]])
      changes.append(
        TextChange(
          draft.pieces[here].range, to: draft.text(there), from: draft.pieces[there].range))
    }
    return withFirstCapital(changes, draft)
  }

  private func withFirstCapital(_ changes: [TextChange], _ draft: TextDraft) -> [TextChange] {
    guard changes.count > 1, let first = draft.words.first,
      changes[0].range == draft.pieces[first].range
    else { return changes }
    let old = draft.text(first)
    guard LetterCase(old) == .capitalized, LetterCase(changes[0].replacement) == .lower else {
      return changes
    }
    var changes = changes
    changes[0].replacement = changes[0].replacement.capitalizedFirst
    // The English pronoun keeps its capital anywhere.
    if old != "I" { changes[1].replacement = old.lowercased() }
    return changes
  }
}

/// Puts a space into words.
struct WordSplit: TextStep {
  let share: TextShare
  let minimumLength: Int

  func changes(_ draft: TextDraft, _ stream: inout RandomStream) -> [TextChange] {
    draft.drawn(share, &stream) { piece, stream in
      let places = draft.characterStarts(of: piece)
      guard places.count >= max(2, minimumLength) else { return nil }
      let place = places[1 + stream.index(below: places.count - 1)]
      return TextChange(place..<place, to: " ")
    }
  }
}

/// Leaves out single spaces between words or puts spaces into words, as writers do who are unsure of
/// the rules of spacing.
struct SpacingNoise: TextStep {
  let share: TextShare

  func changes(_ draft: TextDraft, _ stream: inout RandomStream) -> [TextChange] {
    draft.drawn(share, &stream) { piece, stream in
      let gap = draft.gap(before: piece)
      let joins = piece > 0 && draft.pieces[piece - 1].isWord && draft.isSpace(gap)
      if joins, stream.index(below: 2) == 0 { return TextChange(gap, to: "") }
      let places = draft.characterStarts(of: piece)
      guard places.count > 1 else { return joins ? TextChange(gap, to: "") : nil }
      let place = places[1 + stream.index(below: places.count - 1)]
      return TextChange(place..<place, to: " ")
    }
  }
}

extension TextDraft {
  /// The places where the characters of a piece begin that a reader sees.
  func characterStarts(of piece: Int) -> [Int] {
    let range = pieces[piece].range
    if bytes[range].allSatisfy({ $0 < 0x80 }) { return Array(range) }
    var places: [Int] = []
    var place = range.lowerBound
    for character in text(range) {
      places.append(place)
      place += character.utf8.count
    }
    return places
  }
}
