import Foundation
import HoneText
import Testing

@testable import HoneData

struct WordNetTests {
  private struct Expected: Decodable {
    let synonyms: [String]
    let antonyms: [String]
  }

  private let folder = TextAugmenterTests.wordNet
  private let parts: [String: WordNet.PartOfSpeech] = [
    "noun": .noun, "verb": .verb, "adj": .adjective, "adv": .adverb,
  ]

  @Test("synonyms and antonyms are those that NLTK finds")
  func golden() throws {
    let wordNet = try WordNet(folder: folder)
    let expected = try JSONDecoder().decode(
      [String: Expected].self, from: Data(try Fixtures.bytes("wordnet/expected.json")))
    #expect(expected.count == 96)
    for (key, found) in expected {
      let fields = key.split(separator: "/").map { String($0) }
      let part = try #require(parts[fields[1]])
      #expect(
        wordNet.synonyms(of: fields[0], as: part).sorted() == found.synonyms.sorted(), "\(key)")
      #expect(
        wordNet.antonyms(of: fields[0], as: part).sorted() == found.antonyms.sorted(), "\(key)")
    }
  }

  @Test("base forms: irregular ones from the lists, others by their endings")
  func baseForms() throws {
    let wordNet = try WordNet(folder: folder)
    #expect(wordNet.baseForms(of: "ran", as: .verb) == ["run"])
    #expect(wordNet.baseForms(of: "children", as: .noun) == ["child"])
    #expect(wordNet.baseForms(of: "cities", as: .noun) == ["city"])
    #expect(wordNet.baseForms(of: "happier", as: .adjective) == ["happy"])
    #expect(wordNet.baseForms(of: "zzz", as: .noun) == [])
  }

  @Test("a replacement has the part of speech and the form of the word it replaces")
  func forms() throws {
    let wordNet = try WordNet(folder: folder)
    let source = WordNetSource(wordNet, isAntonym: false)
    func candidates(_ text: String, _ piece: Int) -> [String] {
      source.candidates(for: piece, in: TextDraft(Array(text.utf8)))
    }
    #expect(candidates("the films", 1).contains("movies"))
    #expect(candidates("will film", 1) == ["shoot", "take"])
    #expect(candidates("two cities", 1) == ["metropolises", "urban centers"])
    #expect(candidates("she answered", 1).contains("replied"))
    #expect(!candidates("she answered", 1).contains("reply"))
    #expect(candidates("the dog", 0).isEmpty)
    let opposites = WordNetSource(wordNet, isAntonym: true)
    let draft = TextDraft(Array("a good film".utf8))
    #expect(Set(opposites.candidates(for: 1, in: draft)) == ["bad", "evil"])
    #expect(opposites.candidates(for: 2, in: draft).isEmpty)
  }

  @Test("where WordNet is not installed the error says what to install")
  func absent() {
    let error = dataError { try WordNet(folder: "/nowhere") }
    #expect(error == .badTextAugmentation(.noWordNet(folder: "/nowhere")))
    #expect(error?.explanation.english.contains("apt-get install wordnet-base") == true)
    #expect(error?.explanation.korean.contains("wordnet-base") == true)
  }

  @Test(
    "the whole database answers as it is installed",
    .enabled(if: FileManager.default.fileExists(atPath: WordNet.standardFolder + "/index.noun")))
  func installed() throws {
    let wordNet = try WordNet()
    #expect(wordNet.synonyms(of: "car", as: .noun).prefix(3) == ["auto", "automobile", "machine"])
    #expect(wordNet.antonyms(of: "hot", as: .adjective).contains("cold"))
    #expect(wordNet.synonyms(of: "zyxwv", as: .noun).isEmpty)
  }
}
