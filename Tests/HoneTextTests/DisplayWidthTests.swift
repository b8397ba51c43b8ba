import HoneText
import Testing

struct DisplayWidthTests {
  @Test(
    "wide characters take two columns, marks none",
    arguments: [
      ("epoch", 5), ("에폭 3", 6), ("에폭", 4), ("학습률", 6), ("é", 1), ("e\u{301}", 1), ("日本", 4),
      ("Ａ", 2), ("👍🏽", 2), ("❤\u{FE0F}", 2), ("–…±", 3), ("", 0), ("\u{200B}", 0),
    ])
  func width(text: String, expected: Int) {
    #expect(text.displayWidth == expected)
  }

  @Test("Hangul in conjoining jamo is as wide as in syllables")
  func jamo() {
    #expect("\u{1112}\u{1161}\u{11AB}".displayWidth == 2)
  }

  @Test("cutting never passes the limit and never splits a wide character")
  func truncation() {
    #expect("accuracy".truncated(toWidth: 8) == "accuracy")
    #expect("accuracy".truncated(toWidth: 5) == "accu…")
    #expect("과대적합".truncated(toWidth: 6) == "과대…")
    #expect("과대적합".truncated(toWidth: 0) == "")
    #expect("과대적합".truncated(toWidth: 1) == "…")
  }
}
