import HoneNumerics

/// Texts of any script with all that makes text hard: combining marks, joined emoji, rare spaces.
enum RandomTexts {
  private static let fragments = [
    "The", "quick", "brown", "fox", "jumped", "over", "don't", "I", "Ann's", "U.S.", "NASA",
    "iPhone",
    "a", "the", "movie", "good", "happily", "running", "dogs", "x", "42", "3.14",
    "e\u{301}te\u{301}",
    "na\u{EF}ve", "Z\u{351}\u{36B}a\u{343}l", "안녕하세요", "영화가", "재미있다", "값을", "되요", "않고", "ㅋㅋㅋ", "ㅠㅠ",
    "\u{1112}\u{1161}\u{11AB}글", "東京", "漢字", "かな", "क्षत्रिय", "สวัสดี", "مرحبا", "שלום", "👍", "👍🏽",
    "👩‍👩‍👧‍👦", "🇰🇷", "1️⃣", "❤️", "!", "?", ".", ",", "...", "—", "“", "”", "(", ")", "[", "@", "#tag",
    "http://a.b/c?d=e", "_", "\u{200D}", "\u{301}", "\u{FEFF}", "\u{2019}", "'", "-", "\u{0}",
    "\u{FFFD}",
  ]
  private static let gaps = [
    " ", " ", " ", " ", "", "", "  ", "\n", "\t", "\r\n", "\u{A0}", "\u{3000}",
  ]

  static func text(_ stream: inout RandomStream) -> String {
    var text = stream.index(below: 8) == 0 ? gaps[stream.index(below: gaps.count)] : ""
    for _ in 0..<stream.index(below: 16) {
      text += fragments[stream.index(below: fragments.count)]
      text += gaps[stream.index(below: gaps.count)]
    }
    return text
  }
}

extension StringProtocol {
  /// Whether there is anything but white space.
  var hasContent: Bool { unicodeScalars.contains { !$0.properties.isWhitespace } }
}
