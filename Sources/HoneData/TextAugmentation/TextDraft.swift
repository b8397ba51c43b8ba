/// A text on its way through the steps of an augmentation.
struct TextDraft {
  let bytes: [UInt8]
  let pieces: [TextPiece]
  /// The places among the pieces that are words.
  let words: [Int]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    pieces = TextPiece.pieces(of: bytes)
    var words: [Int] = []
    words.reserveCapacity(pieces.count)
    for index in pieces.indices where pieces[index].isWord { words.append(index) }
    self.words = words
  }

  /// The content of a piece.
  func text(_ piece: Int) -> String { text(pieces[piece].range) }

  /// The content of a range.
  func text(_ range: Range<Int>) -> String {
    bytes.withUnsafeBufferPointer { String(decoding: $0[range], as: UTF8.self) }
  }

  /// The white space before a piece.
  func gap(before piece: Int) -> Range<Int> {
    (piece > 0 ? pieces[piece - 1].end : 0)..<pieces[piece].start
  }

  /// The white space after a piece.
  func gap(after piece: Int) -> Range<Int> {
    pieces[piece].end..<(piece + 1 < pieces.count ? pieces[piece + 1].start : bytes.count)
  }

  /// Whether a range is exactly one space.
  func isSpace(_ range: Range<Int>) -> Bool {
    range.count == 1 && bytes[range.lowerBound] == 0x20
  }
}

/// How the letters of a word are cased.
enum LetterCase: Equatable {
  case lower, capitalized, upper, other

  init(_ word: String) {
    var (isFirst, firstIsUpper, otherUpper, otherLower) = (true, false, 0, 0)
    for scalar in word.unicodeScalars {
      let isUpper =
        scalar.isASCII ? (0x41...0x5A).contains(scalar.value) : scalar.properties.isUppercase
      let isLower =
        scalar.isASCII ? (0x61...0x7A).contains(scalar.value) : scalar.properties.isLowercase
      if isFirst {
        firstIsUpper = isUpper
        if isLower { otherLower += 1 }
      } else if isUpper {
        otherUpper += 1
      } else if isLower {
        otherLower += 1
      }
      isFirst = false
    }
    switch (firstIsUpper, otherUpper, otherLower) {
    case (true, 0, _): self = .capitalized
    case (true, _, 0): self = .upper
    case (false, 0, 1...): self = .lower
    default: self = .other
    }
  }

  /// A word in small letters brought to this case.
  func applied(to word: String) -> String {
    switch self {
    case .upper: word.uppercased()
    case .capitalized: word.capitalizedFirst
    case .lower, .other: word
    }
  }
}

extension String {
  /// The text with a capital first letter, the others as they are.
  var capitalizedFirst: String {
    guard let first else { return self }
    return first.uppercased() + dropFirst()
  }
}
