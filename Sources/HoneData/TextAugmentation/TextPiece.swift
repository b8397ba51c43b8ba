/// A word or a mark of a text, as UTF-8 offsets.
///
/// White space lies between pieces and belongs to none. Combining marks, joiners and modifiers belong
/// to the piece before them, so that pieces can be moved without a mark losing its letter.
struct TextPiece: Equatable {
  let start: Int
  let end: Int
  let isWord: Bool

  var range: Range<Int> { start..<end }

  /// The pieces of a text in their order.
  static func pieces(of bytes: [UInt8]) -> [TextPiece] {
    var pieces: [TextPiece] = []
    pieces.reserveCapacity(bytes.count / 4 + 1)
    bytes.withUnsafeBufferPointer { bytes in
      var scanner = PieceScanner(bytes: bytes)
      while let piece = scanner.next() { pieces.append(piece) }
    }
    return pieces
  }
}

/// Goes over UTF-8 bytes piece by piece.
private struct PieceScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  var place = 0

  private enum Kind { case space, word, mark, extender }

  mutating func next() -> TextPiece? {
    while place < bytes.count {
      let start = place
      let (kind, length) = kind(at: place)
      place += length
      switch kind {
      case .space:
        // A combining mark after a space is seen as one with it.
        if takeExtenders() { return TextPiece(start: start, end: place, isWord: false) }
      case .word:
        takeWord(ideograph: isIdeograph(at: start))
        return TextPiece(start: start, end: place, isWord: true)
      case .mark, .extender:
        takeExtenders()
        return TextPiece(start: start, end: place, isWord: false)
      }
    }
    return nil
  }

  /// Takes the rest of a word: letters, digits, their marks, apostrophes between letters.
  private mutating func takeWord(ideograph: Bool) {
    while place < bytes.count {
      let byte = bytes[place]
      if byte < 0x80 {
        if PieceScanner.isASCIIWord(byte), !ideograph {
          place += 1
        } else if byte == 0x27, !ideograph, isWord(at: place + 1) {
          place += 1
        } else {
          return
        }
        continue
      }
      let (kind, length) = kind(at: place)
      if kind == .extender || (kind == .word && !ideograph && !isIdeograph(at: place)) {
        place += length
      } else if isRightQuote(at: place), !ideograph, isWord(at: place + length) {
        place += length
      } else {
        return
      }
    }
  }

  /// Takes marks that belong to what is before them, and what a joiner joins; whether there were any.
  @discardableResult
  private mutating func takeExtenders() -> Bool {
    let start = place
    var isJoined = false
    while place < bytes.count, bytes[place] >= 0x80 {
      let (kind, length) = kind(at: place)
      guard kind == .extender || (isJoined && kind == .mark) else { break }
      isJoined = length == 3 && bytes[place + 1] == 0x80 && bytes[place + 2] == 0x8D
      place += length
    }
    return place > start
  }

  private func isWord(at place: Int) -> Bool {
    place < bytes.count && kind(at: place).kind == .word && !isIdeograph(at: place)
  }

  private func isRightQuote(at place: Int) -> Bool {
    place + 2 < bytes.count && bytes[place] == 0xE2 && bytes[place + 1] == 0x80
      && bytes[place + 2] == 0x99
  }

  private func isIdeograph(at place: Int) -> Bool {
    guard bytes[place] >= 0xE3 else { return false }
    switch scalar(at: place).value {
    case 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: return true
    default: return false
    }
  }

  private static func isASCIIWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }

  private func kind(at place: Int) -> (kind: Kind, length: Int) {
    let byte = bytes[place]
    if byte < 0x80 {
      if PieceScanner.isASCIIWord(byte) { return (.word, 1) }
      return (byte == 0x20 || (9...13).contains(byte) ? .space : .mark, 1)
    }
    let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    return (PieceScanner.kind(of: scalar(at: place)), length)
  }

  /// The scalar of valid UTF-8 whose first byte is not ASCII.
  private func scalar(at place: Int) -> Unicode.Scalar {
    let first = UInt32(bytes[place])
    func tail(_ offset: Int) -> UInt32 { UInt32(bytes[place + offset] & 0x3F) }
    let value: UInt32 =
      first < 0xE0
      ? (first & 0x1F) << 6 | tail(1)
      : first < 0xF0
        ? (first & 0x0F) << 12 | tail(1) << 6 | tail(2)
        : (first & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3)
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  private static func kind(of scalar: Unicode.Scalar) -> Kind {
    switch scalar.value {
    case 0xAC00...0xD7A3, 0x3400...0x9FFF: return .word
    case 0x200C, 0x200D, 0x1F3FB...0x1F3FF, 0xE0020...0xE007F: return .extender
    default: break
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber:
      return .word
    case .nonspacingMark, .spacingMark, .enclosingMark: return .extender
    default: return scalar.properties.isWhitespace ? .space : .mark
    }
  }
}
