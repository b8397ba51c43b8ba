import Foundation
import HoneConfiguration
import HoneRecords
import HoneText
import Testing

@Suite("Writing configurations") struct ConfigurationWritingTests {
  static let rich = """
    data: {source: "a: b #c", columns: {age: number}, imageSize: [8, 4], validation: 100,
      cache: {kind: encoded, path: there}, decoding: fast, onError: skip}
    augment: [{randomErasing: 0.5}, mixUp]
    model:
      layers:
        - conv2d: {outputs: 8, kernel: [3, 5], padding: same}
        - parallel: {layers: [relu, {sequence: [tanh, sigmoid]}], join: add}
        - {maxPool: 3}
        - {linear: {outputs: classes, initializer: {kind: constant, value: 0.5}}}
      freeze: backbone
    optimizer: {kind: sgd, learningRate: 0.3}
    schedule: {sequence: [{kind: warmUp, steps: 9}, {product: [cosine, {halveEvery: 3}]}]}
    training: {gradientClip: {value: 0.1}, threads: 2}
    """

  @Test("what is written reads back as the same", arguments: ["{}", rich])
  func roundTrip(_ text: String) throws {
    let configuration = try Configuration(text: text)
    #expect(try Configuration(text: configuration.yaml) == configuration)
    #expect(try Configuration(text: configuration.canonicalJSON) == configuration)
    let data = try JSONEncoder().encode(configuration)
    #expect(try JSONDecoder().decode(Configuration.self, from: data) == configuration)
  }

  @Test("equal configurations have equal canonical texts") func canonical() throws {
    let first = try Configuration(text: "{optimizer: adamW, training: {epochs: 20}}")
    #expect(first.canonicalJSON == Configuration().canonicalJSON)
    #expect(!first.canonicalJSON.contains("\n"))
  }

  @Test("the starting file says the defaults and comments each key", arguments: Language.allCases)
  func template(_ language: Language) throws {
    let text = Configuration().template(language)
    #expect(try Configuration(text: text) == Configuration())
    let keys = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(keys.count > 30)
    #expect(keys.allSatisfy { $0.contains("# ") })
  }

  @Test("the schema names every key and every component") func schema() throws {
    guard case .map(let schema) = ConfigurationSchema.value(.english),
      case .map(let properties)? = schema["properties"],
      case .map(let definitions)? = schema["$defs"]
    else { throw Missing() }
    #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
    #expect(schema["additionalProperties"] == false)
    #expect(
      Set(properties.keys) == [
        "data", "augment", "model", "loss", "regularization", "optimizer", "schedule", "training",
      ])
    #expect(definitions["layers"] != nil && definitions["scheduleStage"] != nil)
  }

  struct Missing: Error {}
}
