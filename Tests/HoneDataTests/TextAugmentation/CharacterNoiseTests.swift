import Foundation
import HoneNumerics
import Testing

@testable import HoneData

struct CharacterNoiseTests {
  private func table(_ path: String) throws -> [String: [String]] {
    let home = try #require(Fixtures.home)
    let data = try Data(contentsOf: home.appendingPathComponent("text-resources/nlpaug/\(path)"))
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    return object.mapValues { $0 as? [String] ?? [] }
  }

  private func neighbors(_ key: Character) -> Set<Character> {
    Set(Keyboard.neighbors[Int(key.asciiValue ?? 0)].map { Character(Unicode.Scalar($0)) })
  }

  @Test("keys beside a key are those around it, with shift where it has shift")
  func neighbors() {
    #expect(neighbors("g") == Set("tyfhvb"))
    #expect(neighbors("a") == Set("qwsz"))
    #expect(neighbors("G") == Set("TYFHVB"))
    #expect(neighbors("é") == [])
  }

  @Test(
    "keyboard and scanner tables agree with nlpaug's",
    .enabled(if: Fixtures.hasData("text-resources")))
  func peers() throws {
    let keyboard = try table("keyboard/en.json")
    // Their table has a key " t" beside u, where y lies.
    for key in "qwertyiopasdfghjklzxcvbnm" {
      let theirs = Set(
        (keyboard[String(key)] ?? []).compactMap { $0.trimmingCharacters(in: .whitespaces).first })
      #expect(neighbors(key).isSubset(of: theirs), "\(key)")
    }
    for (character, others) in try table("ocr/en.json") {
      #expect(Set(LookAlikes.confusions(of: Character(character))).isSuperset(of: others))
    }
  }

  @Test("one keyboard slip changes one letter to one beside it")
  func slip() throws {
    let step = TextAugmentation(
      .keyboard(characters: TextShare(0.01), minimumLength: 4), words: TextShare(0.01))
    let augmenter = try TextAugmenter([step])
    for sample in 0..<100 {
      let text = try augmenter.augment("the Word is", epoch: 1, sample: sample).text
      #expect(text.hasPrefix("the ") && text.hasSuffix(" is") && text.count == 11)
      let word = text.dropFirst(4).prefix(4)
      let wrong = zip(word, "Word").filter { $0 != $1 }
      #expect(wrong.count == 1)
      for (typed, meant) in wrong { #expect(neighbors(meant).contains(typed)) }
    }
  }

  @Test("typing errors are one insertion, omission, exchange or replacement each")
  func edits() throws {
    let step = TextAugmentation(
      .typos(characters: TextShare(0.01), minimumLength: 4), words: TextShare(0.01))
    let augmenter = try TextAugmenter([step])
    var lengths: Set<Int> = []
    for sample in 0..<200 {
      lengths.insert(try augmenter.augment("word", epoch: 1, sample: sample).text.count)
    }
    #expect(lengths == [3, 4, 5])
  }
}
