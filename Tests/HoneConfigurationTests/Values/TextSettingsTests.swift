import HoneConfiguration
import HoneText
import Testing

@Suite("Settings of texts and word vectors")
struct TextSettingsTests {
  private func read(_ text: String) throws -> Configuration {
    try Configuration(text: text, file: "run.yaml")
  }

  private func complaint(_ text: String) throws -> String {
    let error = try #require(throws: ConfigurationError.self) { _ = try read(text) }
    return error.explanation.english
  }

  @Test("texts are words in small letters unless a file says otherwise")
  func text() throws {
    let usual = try read("data: {source: a.tsv}").data.text
    #expect(usual == TextConfiguration())
    #expect(usual.unit == .words && usual.lowercase && usual.vocabularySize == 20_000)
    let set = try read(
      "data: {text: {unit: jamo, lowercase: false, vocabularySize: 90, minimumCount: 1, "
        + "maximumLength: 40}}"
    ).data.text
    #expect(set.unit == .jamo && !set.lowercase && set.vocabularySize == 90)
    #expect(set.minimumCount == 1 && set.maximumLength == 40)
  }

  @Test(
    "values that make no tokenizer are refused with what is allowed",
    arguments: [
      ("unit: letters", "characters"), ("vocabularySize: 2", "3"), ("minimumCount: 0", "1"),
      ("maximumLength: 0", "8"), ("length: 10", "maximumLength"),
    ])
  func refused(line: String, hint: String) throws {
    #expect(try complaint("data:\n  text:\n    \(line)\n").contains(hint))
  }

  @Test("word vectors are a file, frozen unless said otherwise, and reach the canonical form")
  func vectors() throws {
    let read = try read("model: {name: textCNN, embedding: {vectors: glove.txt}}")
    #expect(read.model.embedding == WordVectorConfiguration(vectors: "glove.txt", freeze: true))
    let set = try read.setting("model.embedding.freeze", to: "false")
    #expect(set.model.embedding?.freeze == false)
    #expect(try Configuration(text: set.canonicalJSON) == set)
    let fresh = try Configuration().setting("model.embedding.vectors", to: "a.vec")
    #expect(fresh.model.embedding?.vectors == "a.vec")
  }

  @Test("word vectors without a file, or beside what brings a table or has none, are refused")
  func conflicts() throws {
    #expect(try complaint("model: {name: gru, embedding: {freeze: true}}").contains("vectors"))
    let both = "model: {name: gru, pretrained: a.pt, embedding: {vectors: b.vec}}"
    #expect(try complaint(both).contains("model.pretrained brings a table"))
    let layers = "model: {layers: [flatten], embedding: {vectors: b.vec}}"
    #expect(try complaint(layers).contains("no table of word vectors"))
  }

  @Test("a model takes word vectors of another length and keeps the rest")
  func lengths() {
    typealias Architecture = ModelConfiguration.Architecture
    for (model, changed): (Architecture, Architecture) in [
      (.bagOfEmbeddings(dropout: 0.3), .bagOfEmbeddings(features: 25, dropout: 0.3)),
      (.textCNN(windows: [2], maps: 7), .textCNN(features: 25, windows: [2], maps: 7)),
      (.lstm(width: 5, depth: 2), .lstm(features: 25, width: 5, depth: 2)),
      (.gru(bidirectional: false), .gru(features: 25, bidirectional: false)),
      (.transformer(heads: 5), .transformer(features: 25, heads: 5)),
    ] {
      #expect(model.with(wordVectorLength: 25) == changed)
      #expect(changed.wordVectorLength == 25)
      #expect(changed.usualWordVectorLength == model.wordVectorLength)
    }
    #expect(Architecture.mlp().wordVectorLength == nil)
    #expect(Architecture.mlp().with(wordVectorLength: 3) == .mlp())
  }
}
