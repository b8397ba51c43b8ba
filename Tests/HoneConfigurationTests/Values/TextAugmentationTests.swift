import HoneConfiguration
import HoneRecords
import HoneText
import Testing

struct TextAugmentationTests {
  @Test("steps are read by name, by their main parameter and by all of them")
  func reading() throws {
    let configuration = try Configuration(
      text: """
        augment:
          - wordSwap
          - {synonymReplacement: 0.1}
          - {embeddingReplacement: {vectors: glove.txt, neighbors: 5}}
          - {backTranslation: "http://127.0.0.1:9/x"}
          - {someOf: {count: 2, steps: [wordDeletion, wordSplit, {oneOf: [ocrNoise, jamoNoise]}]}}
        """)
    #expect(
      configuration.augment == [
        .wordSwap(), .synonymReplacement(share: 0.1),
        .embeddingReplacement(vectors: "glove.txt", neighbors: 5),
        .backTranslation(endpoint: "http://127.0.0.1:9/x"),
        .someOf(
          count: 2,
          steps: [.wordDeletion(), .wordSplit(), .oneOf(steps: [.ocrNoise(), .jamoNoise()])]
        ),
      ])
    #expect(try Configuration(text: configuration.yaml) == configuration)
    #expect(configuration.augment.map(\.name).first == "wordSwap")
  }

  @Test(
    "what cannot be is refused",
    arguments: [
      "[{wordInsertion: {source: embedding}}]", "[embeddingReplacement]", "[{wordSwap: 1.5}]",
      "[{oneOf: []}]", "[wordSwop]", "[{keyboardNoise: {minimumLength: 0}}]",
    ])
  func refused(steps: String) {
    #expect(throws: ConfigurationError.self) { try Configuration(text: "augment: \(steps)") }
  }
}
