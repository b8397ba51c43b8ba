import HoneData
import HoneNumerics
import Testing

struct TinyTranslatorTests {
  /// Each English word with its Korean one; two English words may mean the same.
  private static let adjectives = [("big", "큰"), ("large", "큰"), ("small", "작은"), ("little", "작은")]
  private static let nouns = [("dog", "개가"), ("hound", "개가"), ("cat", "고양이가"), ("bird", "새가")]
  private static let verbs = [("runs", "달린다"), ("sleeps", "잔다"), ("sings", "노래한다")]
  private static let places = [("here", "여기서"), ("there", "저기서")]

  /// English puts the place last, Korean first.
  private static var pairs: [(source: [String], target: [String])] {
    adjectives.flatMap { adjective in
      nouns.flatMap { noun in
        verbs.flatMap { verb in
          places.map { place in
            (
              source: [adjective.0, noun.0, verb.0, place.0],
              target: [place.1, adjective.1, noun.1, verb.1]
            )
          }
        }
      }
    }
  }

  private static func words(_ groups: [[(String, String)]], _ word: ((String, String)) -> String)
    -> [String]
  {
    Array(Set(groups.joined().map(word))).sorted()
  }

  @Test("a sequence model trained here translates there and back, and so augments texts")
  func backTranslation() throws {
    let groups = [Self.adjectives, Self.nouns, Self.verbs, Self.places]
    let english = Self.words(groups) { $0.0 }
    let korean = Self.words(groups) { $0.1 }
    let there = TinyTranslator(source: english, target: korean, seed: 1)
    let back = TinyTranslator(source: korean, target: english, seed: 2)
    let (first, last) = there.learn(Self.pairs, steps: 60)
    #expect(last < 0.05 * first)
    // Of several words of one meaning the model that goes back learns the first.
    let canonical = Self.pairs.filter { pair in
      !["large", "little", "hound"].contains { pair.source.contains($0) }
    }
    _ = back.learn(canonical.map { (source: $0.target, target: $0.source) }, steps: 60)
    #expect(there.translate(["large", "hound", "sings", "there"]) == ["저기서", "큰", "개가", "노래한다"])

    let augmenter = try TextAugmenter(
      [TextAugmentation(.rewriting(TextRewriting(.backTranslation, endpoint: "trained")))],
      generators: ["trained": RoundTrip(there: there, back: back)])
    let text = "large hound sings there"
    let result = try augmenter.augment(text, epoch: 1, sample: 1)
    #expect(result.text == "big dog sings there")
    #expect(result.edits.range(of: 12..<17) == 8..<13, "sings stays in its place among the words")
  }
}
