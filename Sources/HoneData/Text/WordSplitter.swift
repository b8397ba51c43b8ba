/// Divides text into words and marks without losing a place: every scalar that is no white space
/// belongs to exactly one token.
///
/// A word is a run of letters, digits and combining marks, with apostrophes between letters
/// (`don't`); a Han ideograph is a word of its own, a Korean eojeol stays whole; every other mark is
/// a token of its own.
public enum WordSplitter {
  /// The tokens of a text in their order, as parts of it.
  public static func tokens(of text: String) -> [Substring] {
    var tokens: [Substring] = []
    let scalars = text.unicodeScalars
    var index = scalars.startIndex
    while index < scalars.endIndex {
      let scalar = scalars[index]
      let start = index
      scalars.formIndex(after: &index)
      if isSpace(scalar) { continue }
      if isWordPart(scalar) {
        while index < scalars.endIndex, continues(scalars, at: index) {
          scalars.formIndex(after: &index)
        }
      }
      tokens.append(text[start..<index])
    }
    return tokens
  }

  /// Whether the word goes on at a place that is not its first.
  private static func continues(
    _ scalars: String.UnicodeScalarView, at index: String.Index
  ) -> Bool {
    let scalar = scalars[index]
    if isWordPart(scalar) { return true }
    guard scalar == "'" || scalar == "\u{2019}" else { return false }
    let next = scalars.index(after: index)
    return next < scalars.endIndex && isWordPart(scalars[next])
  }

  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 { return scalar.value == 0x20 || (9...13).contains(scalar.value) }
    return scalar.properties.isWhitespace
  }

  private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return true
    case ..<0x80: return false
    case 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: return false
    default: break
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
      return true
    default: return false
    }
  }
}
