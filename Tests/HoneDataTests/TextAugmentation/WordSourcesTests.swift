import Foundation
import HoneNumerics
import HoneText
import Testing

@testable import HoneData

struct WordSourcesTests {
  private func draft(_ text: String) -> TextDraft { TextDraft(Array(text.utf8)) }

  @Test("embedding neighbors are the nearest by angle above the bound, best first")
  func neighbors() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "king 1 0.1\nqueen 2 0.3\nprince 1 0.3\nKing 1 0.1\ncabbage 0 1\nanti -1 0\n", to: "v.txt")
    let source = NeighborSource(try WordVectors(contentsOf: path), count: 2, similarity: 0.5)
    #expect(source.candidates(for: 0, in: draft("king")) == ["queen", "prince"])
    #expect(source.candidates(for: 0, in: draft("KING")) == ["queen", "prince"])
    #expect(source.candidates(for: 0, in: draft("cabbage")).isEmpty)
    #expect(source.candidates(for: 0, in: draft("unknown")).isEmpty)
  }

  @Test("real vectors put like words beside each other", .enabled(if: Fixtures.hasData("vectors")))
  func realVectors() throws {
    let home = try #require(Fixtures.home)
    let path = home.appendingPathComponent(
      "vectors/glove-twitter-25d-12k/glove.twitter.25d.12k.txt"
    ).path
    let words = ["king", "prince", "queen", "good", "great", "monday", "tuesday", "table"]
    let vectors = try WordVectors(contentsOf: path, vocabulary: Set(words))
    let source = NeighborSource(vectors, count: 1, similarity: 0.5)
    #expect(source.candidates(for: 0, in: draft("monday")) == ["tuesday"])
    #expect(source.candidates(for: 0, in: draft("good")) == ["great"])
  }

  @Test("TF-IDF replaces words that say little by words that say little")
  func termWeights() throws {
    let texts = (0..<50).map { "the film of day\($0) is good" }
    let weights = TermWeights(texts)
    var stream = RandomStream(seed: 1, "tfidf")
    let drawn = (0..<500).compactMap { _ in weights.word(&stream) }
    #expect(drawn.count == 500)
    let chances = weights.chances(draft("the film of day7 is good"))
    #expect(chances[3] == 0 && chances[0] > 0)
    let augmenter = try TextAugmenter(
      [TextAugmentation(.substitution(.tfIdf), words: TextShare(0.2))], fittedOn: texts)
    for sample in 0..<100 {
      let text = try augmenter.augment(texts[7], epoch: 1, sample: sample).text
      #expect(text.contains("day7"))
    }
  }

  @Test("misspellings come from the built-in list or a file")
  func misspellings() throws {
    let builtIn = try Misspellings(file: nil)
    #expect(builtIn.candidates(for: 0, in: draft("Receive")) == ["recieve"])
    #expect(builtIn.candidates(for: 0, in: draft("왠지")) == ["웬지"])
    let folder = try TemporaryFolder()
    let path = try folder.write("luck lock luke\n", to: "list.txt")
    #expect(try Misspellings(file: path).candidates(for: 0, in: draft("luck")) == ["lock", "luke"])
    let empty = try folder.write("nothing\n", to: "empty.txt")
    #expect(
      dataError { try Misspellings(file: empty) }
        == .badTextAugmentation(.noMisspellings(path: empty)))
  }

  @Test(
    "nlpaug's list of misspellings is read", .enabled(if: Fixtures.hasData("text-resources")))
  func peersList() throws {
    let path = try #require(Fixtures.home).appendingPathComponent(
      "text-resources/nlpaug/spelling_en.txt"
    ).path
    let list = try Misspellings(file: path)
    #expect(list.candidates(for: 0, in: draft("ancient")).contains("acient"))
  }

  @Test("spelling is corrected where hunspell is installed, else the error says what to install")
  func corrections() throws {
    do {
      let augmenter = try TextAugmenter(
        [TextAugmentation(.substitution(.corrections()), words: TextShare(1))])
      let result = try augmenter.augment("I beleive, it is definately rigth.", epoch: 1, sample: 1)
      #expect(result.text == "I believe, it is definitely right.")
    } catch DataError.badTextAugmentation(let problem) {
      #expect(problem == .noHunspell || problem == .noSpellingDictionary(name: "en_US"))
    }
    let error = dataError { try SpellingDictionary("xx_XX") }
    #expect(error == .badTextAugmentation(.noSpellingDictionary(name: "xx_XX")))
    #expect(error?.explanation.english.contains("apt-get install") == true)
  }
}
