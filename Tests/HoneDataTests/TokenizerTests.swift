import Foundation
import HoneData
import HoneNumerics
import Testing

struct TokenizerTests {
  private let texts = [
    "The cat sat on the mat.", "The dog sat on the log!", "A cat and a dog, don't sit.",
  ]

  @Test("words keep apostrophes inside, marks stand alone, nothing is lost")
  func splitting() {
    let text = "Don't stop—it's 3.5% \u{201C}better\u{201D}; 한국어도 됩니다. 漢字x"
    let tokens = WordSplitter.tokens(of: text)
    #expect(
      tokens == [
        "Don't", "stop", "—", "it's", "3", ".", "5", "%", "\u{201C}", "better", "\u{201D}", ";",
        "한국어도", "됩니다", ".", "漢", "字", "x",
      ])
    #expect(tokens.joined() == text.filter { !$0.isWhitespace })
  }

  @Test("frequent words come first, rare and unseen ones are unknown")
  func words() {
    let tokenizer = Tokenizer.learned(from: texts, options: TextOptions(minimumCount: 2))
    #expect(tokenizer.vocabulary.units.first == "the")
    #expect(tokenizer.encode("THE zebra")[0] == 2)
    #expect(tokenizer.encode("THE zebra")[1] == Int32(Vocabulary.unknown))
    #expect(tokenizer.decode(tokenizer.encode("the cat")) == "the cat")
  }

  @Test("a text without a word is one unknown word, and long texts are cut")
  func extremes() {
    let options = TextOptions(minimumCount: 1, maximumLength: 3)
    let tokenizer = Tokenizer.learned(from: texts, options: options)
    #expect(tokenizer.encode("  \n") == [Int32(Vocabulary.unknown)])
    #expect(tokenizer.encode("the cat sat on the mat").count == 3)
  }

  @Test("the vocabulary never exceeds its size", arguments: TextOptions.Unit.allCases)
  func size(unit: TextOptions.Unit) {
    let options = TextOptions(unit: unit, vocabularySize: 12, minimumCount: 1)
    let tokenizer = Tokenizer.learned(from: texts, options: options)
    #expect(tokenizer.vocabulary.count <= 12)
    let numbers = texts.flatMap { tokenizer.encode($0) }
    #expect(numbers.allSatisfy { (1..<12).contains(Int($0)) })
  }

  @Test(
    "characters, jamo and subwords give the text back",
    arguments: [TextOptions.Unit.characters, .jamo, .subwords])
  func roundTrip(unit: TextOptions.Unit) {
    let korean = ["값이 비싼 책을 읽었습니다.", "책 값이 쌉니다, 정말로!", "e\u{301}té is été"]
    let options = TextOptions(
      unit: unit, lowercase: false, vocabularySize: 200, minimumCount: 1)
    let tokenizer = Tokenizer.learned(from: texts + korean, options: options)
    for text in texts + korean {
      let expected = text.precomposedStringWithCompatibilityMapping
      #expect(tokenizer.decode(tokenizer.encode(text)) == expected)
    }
  }

  @Test("jamo take syllables apart, so that typing errors touch one unit")
  func jamo() {
    let tokenizer = Tokenizer.learned(
      from: ["값 갑"], options: TextOptions(unit: .jamo, minimumCount: 1))
    let (first, second) = (tokenizer.encode("값"), tokenizer.encode("갑"))
    #expect(first.count == 3)
    #expect(first.prefix(2) == second.prefix(2))
    #expect(first[2] != second[2])
  }

  @Test("composed and decomposed letters are the same")
  func normalization() {
    let tokenizer = Tokenizer.learned(from: ["caf\u{E9}"], options: TextOptions(minimumCount: 1))
    #expect(tokenizer.encode("cafe\u{301}") == tokenizer.encode("caf\u{E9}"))
    #expect(tokenizer.encode("ＣＡＦÉ") == tokenizer.encode("café"))
  }

  @Test("byte-pair merges follow the counts: the published example")
  func merges() {
    // The word counts of Sennrich et al. 2015, figure 1.
    let words = ["low": 5, "lower": 2, "newest": 6, "widest": 3]
    let text = words.sorted { $0.key < $1.key }.flatMap {
      [String](repeating: $0.key, count: $0.value)
    }.joined(separator: " ")
    let options = TextOptions(unit: .subwords, vocabularySize: 100, minimumCount: 2)
    let tokenizer = Tokenizer.learned(from: [text], options: options)
    for piece in ["es", "est", "lo", "low"] {
      #expect(tokenizer.vocabulary.units.contains(piece), "\(piece)")
    }
    #expect(tokenizer.encode("newest").count == 1)
    // A word that was never seen is made of pieces that were.
    let unseen = tokenizer.encode("lowest")
    #expect(unseen.count == 2)
    #expect(tokenizer.decode(unseen) == "lowest")
  }

  @Test("a tokenizer is the same after it was stored", arguments: TextOptions.Unit.allCases)
  func coding(unit: TextOptions.Unit) throws {
    let tokenizer = Tokenizer.learned(
      from: texts, options: TextOptions(unit: unit, minimumCount: 1))
    let data = try JSONEncoder().encode(tokenizer)
    let read = try JSONDecoder().decode(Tokenizer.self, from: data)
    #expect(read == tokenizer)
    #expect(read.encode(texts[2]) == tokenizer.encode(texts[2]))
  }

  @Test("a vocabulary that names a unit twice is refused")
  func duplicateUnits() {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Vocabulary.self, from: Data(#"["a","b","a"]"#.utf8))
    }
  }
}
