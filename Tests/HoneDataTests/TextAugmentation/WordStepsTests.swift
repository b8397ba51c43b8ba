import HoneNumerics
import Testing

@testable import HoneData

struct WordStepsTests {
  private func results(
    _ step: TextAugmentation, _ text: String, count: Int = 200
  ) throws -> Set<String> {
    let augmenter = try TextAugmenter([step])
    return Set(try (0..<count).map { try augmenter.augment(text, epoch: 1, sample: $0).text })
  }

  private let one = TextShare(0.01)

  @Test("a deleted word takes one space with it and passes its capital on")
  func deletion() throws {
    let found = try results(TextAugmentation(.deletion, words: one), "Hello, big (blue) world!")
    #expect(
      found == [
        ", Big (blue) world!", "Hello, (blue) world!", "Hello, big () world!", "Hello, big (blue)!",
      ])
    #expect(try results(TextAugmentation(.deletion), "alone!") == ["alone!"])
    let all = TextAugmentation(.deletion, words: TextShare(1, maximum: 99))
    #expect(try results(all, "a b c d e f").allSatisfy { $0.count == 1 })
    #expect(try results(TextAugmentation(.deletion, words: one), "a\nb") == ["\nb", "a\n"])
  }

  @Test("as many words as nlpaug's rule says: the share of words and marks, rounded up, 1 to 10")
  func counts() throws {
    #expect(TextShare().count(of: 1) == 1 && TextShare().count(of: 10) == 3)
    #expect(TextShare().count(of: 11) == 4 && TextShare().count(of: 1000) == 10)
    let text = (0..<20).map { "w\($0)" }.joined(separator: " ")
    for result in try results(TextAugmentation(.deletion), text) {
      #expect(result.split(separator: " ").count == 14)
    }
  }

  @Test("swapped words are neighbors, marks between them stay, the first letter stays capital")
  func swap() throws {
    let found = try results(TextAugmentation(.swap, words: one), "Big cats, small dogs.")
    #expect(found == ["Cats big, small dogs.", "Big small, cats dogs.", "Big cats, dogs small."])
    #expect(try results(TextAugmentation(.swap, words: one), "I run") == ["Run I"])
    #expect(try results(TextAugmentation(.swap), "single") == ["single"])
  }

  @Test("a replacement has the case of the word it replaces")
  func substitution() throws {
    let step = TextAugmentation(.substitution(.synonyms(wordNet: TextAugmenterTests.wordNet)))
    for result in try results(step, "CITIES") { #expect(result == result.uppercased()) }
    #expect(try results(step, "Cities") == ["Metropolises", "Urban centers"])
  }

  @Test("an inserted word stands before another, and takes the capital letter at the start")
  func insertion() throws {
    let step = TextAugmentation(.insertion(.words(["new"])), words: one)
    #expect(
      try results(step, "Old (things) go.") == [
        "New old (things) go.", "Old (new things) go.", "Old (things) new go.",
      ])
  }

  @Test("a word is split anywhere within, never within a character that a reader sees")
  func split() throws {
    let step = TextAugmentation(.split(minimumLength: 4), words: one)
    #expect(try results(step, "abcd, xy") == ["a bcd, xy", "ab cd, xy", "abc d, xy"])
    let accents = try results(
      TextAugmentation(.split(minimumLength: 2)), "e\u{301}te\u{301}")
    #expect(accents == ["e\u{301} te\u{301}", "e\u{301}t e\u{301}"])
  }

  @Test("spacing noise leaves spaces out or puts them in, and changes nothing else")
  func spacing() throws {
    let text = "나는 학교에 간다."
    let found = try results(TextAugmentation(.spacing, words: one), text)
    #expect(found.contains("나는학교에 간다.") && found.contains("나는 학교 에 간다."))
    for result in found {
      #expect(result.filter { $0 != " " } == text.filter { $0 != " " })
    }
  }
}
