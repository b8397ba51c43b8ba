extension StringProtocol {
  /// The columns that a terminal gives the text: two for wide characters (Hangul, ideographs, kana,
  /// emoji; Unicode Standard Annex 11), none for combining marks and controls, one for the rest.
  public var displayWidth: Int {
    var width = 0
    for character in self { width += character.displayWidth }
    return width
  }

  /// The text cut to at most so many columns, with `…` as the last where something was cut.
  public func truncated(toWidth limit: Int) -> String {
    guard displayWidth > limit else { return String(self) }
    var result = ""
    var width = 0
    for character in self {
      guard width + character.displayWidth <= limit - 1 else { break }
      result.append(character)
      width += character.displayWidth
    }
    return limit > 0 ? result + "…" : ""
  }
}

extension Character {
  /// The columns that a terminal gives the character.
  public var displayWidth: Int {
    if let value = asciiValue { return value < 0x20 || value == 0x7F ? 0 : 1 }
    var width = 0
    for scalar in unicodeScalars {
      // The emoji variation selector turns a narrow sign into a wide picture.
      if scalar.value == 0xFE0F { return 2 }
      width = Swift.max(width, scalar.displayWidth)
    }
    return width
  }
}

extension Unicode.Scalar {
  fileprivate var displayWidth: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .control, .format: return 0
    default: break
    }
    // Medial and final jamo stand in the cell of the initial before them.
    if (0x1160...0x11FF).contains(value) { return 0 }
    return wideRanges.contains { $0.contains(value) } ? 2 : 1
  }
}

/// East Asian Wide and Fullwidth (Unicode 16, `EastAsianWidth.txt`), neighbouring blocks joined.
private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x25FD...0x25FE,
  0x2614...0x2615, 0x2648...0x2653, 0x26A1...0x26A1, 0x26AA...0x26AB, 0x26BD...0x26BE,
  0x26D4...0x26D4, 0x2705...0x2705, 0x270A...0x270B, 0x2728...0x2728, 0x274C...0x274C,
  0x274E...0x274E, 0x2753...0x2755, 0x2757...0x2757, 0x2795...0x2797, 0x27B0...0x27B0,
  0x2B1B...0x2B1C, 0x2B50...0x2B50, 0x2B55...0x2B55, 0x2E80...0x303E, 0x3041...0x4DBF,
  0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
  0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
  0x1F7E0...0x1F7EB, 0x1F900...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD,
]
