import HoneNumerics
import Testing

@testable import HoneData

struct TextPieceTests {
  private func pieces(_ text: String) -> [String] {
    let draft = TextDraft(Array(text.utf8))
    return draft.pieces.indices.map { (draft.pieces[$0].isWord ? "" : "·") + draft.text($0) }
  }

  @Test("words and marks are apart, apostrophes stay within words")
  func words() {
    #expect(
      pieces("Don't, please: it’s 3.5!") == [
        "Don't", "·,", "please", "·:", "it’s", "3", "·.", "5", "·!",
      ])
    #expect(pieces("rock 'n' roll'") == ["rock", "·'", "n", "·'", "roll", "·'"])
  }

  @Test("combining marks, joiners and modifiers stay with what they belong to")
  func marks() {
    #expect(
      pieces("e\u{301}te\u{301} 👍🏽👩‍👧 1️⃣ !\u{301}") == [
        "e\u{301}te\u{301}", "·👍🏽", "·👩‍👧", "1️⃣", "·!\u{301}",
      ])
    #expect(pieces(" \u{301}a") == ["· \u{301}", "a"])
  }

  @Test("an eojeol is one word, an ideograph a word of its own")
  func scripts() {
    #expect(pieces("영화가 재미있다.") == ["영화가", "재미있다", "·."])
    #expect(pieces("東京abc") == ["東", "京", "abc"])
  }

  @Test("pieces cover everything but white space, in order")
  func cover() {
    var stream = RandomStream(seed: 1, "pieces")
    for _ in 0..<500 {
      let text = RandomTexts.text(&stream)
      let draft = TextDraft(Array(text.utf8))
      var place = 0
      for piece in draft.pieces {
        #expect(piece.start >= place && piece.end > piece.start)
        #expect(!draft.text(place..<piece.start).hasContent)
        place = piece.end
      }
      #expect(!draft.text(place..<draft.bytes.count).hasContent)
    }
  }

  @Test("the case of a word is told and kept")
  func letterCase() {
    #expect(LetterCase("Word") == .capitalized && LetterCase("I") == .capitalized)
    #expect(LetterCase("WORD") == .upper && LetterCase("word") == .lower)
    #expect(LetterCase("iPhone") == .other && LetterCase("한글") == .other)
    #expect(LetterCase.upper.applied(to: "new") == "NEW")
    #expect(LetterCase.capitalized.applied(to: "élan") == "Élan")
  }
}
