import Foundation
import HoneNumerics
import Testing

@testable import HoneData

struct HangulTests {
  @Test("every syllable comes back from its key strokes, beside any other")
  func roundTrip() {
    var stream = RandomStream(seed: 2, "hangul")
    for value in stride(from: 0xAC00, through: 0xD7A3, by: 7) {
      let second = 0xAC00 + stream.index(below: 11_172)
      let text = [value, second].compactMap { Unicode.Scalar(UInt32($0)) }.map { String($0) }
        .joined()
      let strokes = text.compactMap { HangulSyllable($0)?.strokes }.flatMap { $0 }
      #expect(TwoSetKeyboard.composed(strokes) == text)
    }
  }

  @Test("strokes compose as an input method composes them")
  func composition() {
    func typed(_ keys: String) -> String { TwoSetKeyboard.composed(Array(keys.utf8)) }
    #expect(typed("dkssudgktpdy") == "안녕하세요")
    #expect(typed("rkqtdl") == "값이" && typed("rkqtl") == "갑시")
    #expect(typed("zzz") == "ㅋㅋㅋ" && typed("bb") == "ㅠㅠ" && typed("hk") == "ㅘ")
    #expect(typed("TkE") == "싸ㄸ")
  }

  @Test("composed and conjoining jamo are the same syllable")
  func forms() {
    #expect(HangulSyllable("\u{1112}\u{1161}\u{11AB}") == HangulSyllable("한"))
    #expect(HangulSyllable("a") == nil && HangulSyllable("ㄱ") == nil)
  }

  @Test("misspellings by sound and stroke")
  func misspellings() throws {
    let found = HangulNoise.misspellings(of: try #require(HangulSyllable("않")))
    // 안, 알 and 아 by sound, a stroke missed, doubled, out of order.
    #expect(Set(found).isSuperset(of: ["안", "아", "ㅇㄴㅎ", "ㅏㅇㄴㅎ", "앉"]))
    #expect(!found.contains("않") && !found.contains(""))
    let vowels = HangulNoise.misspellings(of: try #require(HangulSyllable("돼")))
    #expect(vowels.contains("되") && vowels.contains("뙈"))
    #expect(HangulNoise.lookAlikes(of: try #require(HangulSyllable("가"))).contains("카"))
  }

  @Test("slips on the two-set keyboard change one stroke, and text of other scripts not at all")
  func slips() throws {
    let step = TextAugmentation(
      .keyboard(characters: TextShare(0.01), minimumLength: 2), words: TextShare(0.01))
    let augmenter = try TextAugmenter([step])
    let found = Set(
      try (0..<400).map { try augmenter.augment("한글", epoch: 1, sample: $0).text })
    // ㅎ lies beside ㄹ, ㅗ, ㅅ, ㅛ, ㅍ, ㅠ; ㅏ beside ㅓ, ㅣ, ㅑ, ㅐ, ㅡ.
    #expect(found.isSuperset(of: ["란글", "헌글", "힌글"]))
    #expect(!found.contains("한글"))
    let jamo = try TextAugmenter([TextAugmentation(.jamo())])
    for sample in 0..<20 {
      #expect(try jamo.augment("plain text 東京", epoch: 1, sample: sample).drawn.isEmpty)
      #expect(try !jamo.augment("맞춤법이 어렵다", epoch: 1, sample: sample).drawn.isEmpty)
    }
  }
}
