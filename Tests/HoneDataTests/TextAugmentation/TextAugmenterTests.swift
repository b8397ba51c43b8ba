import Foundation
import HoneNumerics
import Testing

@testable import HoneData

struct TextAugmenterTests {
  static let wordNet = Fixtures.folder.appendingPathComponent("wordnet").path
  private static let learned = ["the film was good", "the film was bad", "a quick brown fox"]

  /// One of every kind that needs nothing installed.
  static let steps: [TextAugmentation] = [
    TextAugmentation(.insertion(.words(["new", "새"]))),
    TextAugmentation(.insertion(.tfIdf)),
    TextAugmentation(.deletion),
    TextAugmentation(.deletion, words: TextShare(1, maximum: 100)),
    TextAugmentation(.swap),
    TextAugmentation(.substitution(.words(["other"]))),
    TextAugmentation(.substitution(.synonyms(wordNet: wordNet))),
    TextAugmentation(.substitution(.antonyms(wordNet: wordNet))),
    TextAugmentation(.substitution(.tfIdf)),
    TextAugmentation(.substitution(.misspellings())),
    TextAugmentation(.split(minimumLength: 2)),
    TextAugmentation(.keyboard(minimumLength: 1)),
    TextAugmentation(.ocr()),
    TextAugmentation(.jamo()),
    TextAugmentation(.typos(minimumLength: 1)),
    TextAugmentation(.spacing),
    .someOf(
      [TextAugmentation(.swap), TextAugmentation(.deletion), TextAugmentation(.split())],
      count: 1...3),
    TextAugmentation(.randomOrder([TextAugmentation(.keyboard()), TextAugmentation(.deletion)])),
  ]

  /// 18 steps on 600 texts each.
  @Test(
    "10,000 texts: never empty, marks and spaces as they were, edits lead from old to new",
    arguments: steps.indices)
  func properties(number: Int) throws {
    let step = TextAugmenterTests.steps[number]
    let augmenter = try TextAugmenter([step], fittedOn: TextAugmenterTests.learned, seed: 5)
    var stream = RandomStream(seed: 9, "property", number)
    var changed = 0
    for sample in 0..<600 {
      let text = RandomTexts.text(&stream)
      let result = try augmenter.augment(text, epoch: 1, sample: sample)
      if result.text.utf8.elementsEqual(text.utf8) == false { changed += 1 }
      #expect(result.text.hasContent == text.hasContent, "\(text.debugDescription)")
      #expect(result.edits.applied(to: text).utf8.elementsEqual(result.text.utf8))
      checkSpans(text, result)
      switch step.kind {
      case .insertion, .deletion, .swap, .substitution(.words), .substitution(.tfIdf):
        #expect(marks(text) == marks(result.text), "\(text.debugDescription)")
      case .split, .spacing: #expect(letters(text) == letters(result.text))
      default: break
      }
      if case .swap = step.kind { #expect(gaps(text) == gaps(result.text)) }
    }
    #expect(changed > 0, "\(step.name) changes nothing")
  }

  /// Every piece's new places lie within the new text and between its scalars.
  private func checkSpans(_ text: String, _ result: AugmentedText) {
    let new = Array(result.text.utf8)
    func isBoundary(_ place: Int) -> Bool { place == new.count || new[place] & 0xC0 != 0x80 }
    for piece in TextPiece.pieces(of: Array(text.utf8)) {
      for part in result.edits.ranges(of: piece.range) {
        #expect(part.upperBound <= new.count)
        guard part.upperBound <= new.count else { return }
        #expect(isBoundary(part.lowerBound) && isBoundary(part.upperBound))
      }
    }
  }

  /// All that belongs to no word and is no space.
  private func marks(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    return TextPiece.pieces(of: bytes).filter { !$0.isWord }.flatMap { bytes[$0.range] }
      .filter { $0 != 0x20 }
  }

  private func letters(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter { $0 != " " }
  }

  private func gaps(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter(\.properties.isWhitespace)
  }

  @Test("the same seed, epoch and sample give the same text; another of them gives another")
  func repeats() throws {
    let text = "The quick brown fox jumps over the lazy dog near the river bank today"
    let steps = [TextAugmentation(.swap), TextAugmentation(.keyboard())]
    let first = try TextAugmenter(steps, seed: 3)
    let other = try TextAugmenter(steps, seed: 4)
    let drawn = try first.augment(text, epoch: 2, sample: 7)
    #expect(try first.augment(text, epoch: 2, sample: 7) == drawn)
    #expect(try TextAugmenter(steps, seed: 3).augment(text, epoch: 2, sample: 7) == drawn)
    #expect(try first.augment(text, epoch: 3, sample: 7) != drawn)
    #expect(try first.augment(text, epoch: 2, sample: 8) != drawn)
    #expect(try other.augment(text, epoch: 2, sample: 7) != drawn)
  }

  @Test("what was drawn can be printed, stored and replayed")
  func replay() throws {
    let text = "One two three four five six"
    let result = try TextAugmenter(TextAugmenterTests.steps.suffix(2), seed: 1)
      .augment(text, epoch: 1, sample: 2)
    let stored = try JSONEncoder().encode(result)
    let read = try JSONDecoder().decode(AugmentedText.self, from: stored)
    #expect(read.edits.applied(to: text) == result.text)
    #expect(result.drawn.allSatisfy { $0.description.hasPrefix($0.name) })
  }

  @Test("oneOf does one step, someOf as many as asked for, a probability that share of samples")
  func compositions() throws {
    let pair = [TextAugmentation(.substitution(.words(["x"]))), TextAugmentation(.split())]
    let text = "several words that are long enough"
    let one = try TextAugmenter([.oneOf(pair)])
    let both = try TextAugmenter([.someOf(pair, count: 2...2)])
    let rare = try TextAugmenter([TextAugmentation(.swap, probability: 0.25)])
    var names: Set<String> = []
    var happened = 0
    for sample in 0..<400 {
      let drawn = try one.augment(text, epoch: 1, sample: sample).drawn
      #expect(drawn.count == 1)
      names.formUnion(drawn.map(\.name))
      #expect(try both.augment(text, epoch: 1, sample: sample).drawn.count == 2)
      if try !rare.augment(text, epoch: 1, sample: sample).drawn.isEmpty { happened += 1 }
    }
    #expect(names == ["wordReplacement", "wordSplit"])
    // Four standard deviations of 400 draws about 100.
    #expect((65...135).contains(happened))
  }

  @Test("numbers that make no sense and empty choices are refused by name")
  func refusals() {
    #expect(
      dataError { try TextAugmenter([TextAugmentation(.swap, probability: 1.5)]) }
        == .badTextAugmentation(
          .badNumber(name: "wordSwap", parameter: "probability", allowed: "0 to 1")))
    #expect(
      dataError { try TextAugmenter([.oneOf([])]) } == .badTextAugmentation(.noSteps(name: "oneOf"))
    )
  }
}
