import Foundation
import HoneConfiguration
import HoneData
import HoneModels
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor
import HoneText
import HoneTrain
import Testing

@testable import HoneAssembly

@Suite struct FolderGeneratorTests {
  /// A language of five letters and its translation, letter by letter.
  private static let letters = Array("abcde")
  private static let meanings = Array("vwxyz")

  private static func translated(_ text: String) -> String {
    String(text.map { letter in letters.firstIndex(of: letter).map { meanings[$0] } ?? letter })
  }

  private static let settings = FolderGenerator.Settings(
    features: 32, layers: 1, heads: 2, feedForward: 64, longestAnswer: 12)

  /// A model that was trained here to translate, in a folder.
  private static let folder: Result<String, any Error> = Result {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("hone-generator-\(ProcessInfo.processInfo.processIdentifier)").path
    let alphabet = String(letters + meanings)
    let tokenizer = Tokenizer.learned(
      from: [alphabet + " ", alphabet + " "],
      options: TextOptions(unit: .characters, minimumCount: 1))
    var stream = RandomStream(seed: 4, "translation")
    let model = settings.model(vocabulary: tokenizer.vocabulary.count, using: &stream)
    let optimizer = AdamW(
      ParameterGroup.decayingWeightsOnly(model.namedParameters, weightDecay: 0), learningRate: 5e-3)
    let loss = Loss.crossEntropy()
    model.train()
    for _ in 0..<250 {
      let texts = (0..<32).map { _ in
        String((0..<5).map { _ in letters[stream.index(below: letters.count)] })
      }
      let sources = texts.flatMap { tokenizer.encode($0).map(Int64.init) }
      let answers = texts.map { tokenizer.encode(translated($0)).map(Int64.init) }
      let begun = answers.flatMap { [Int64(model.start)] + $0 }
      let ended = answers.flatMap { $0 + [Int64(model.end)] }
      let logits = model(Tensor(sources, shape: [32, 5]), Tensor(begun, shape: [32, 6]))
      let value = loss(logits.reshaped([32 * 6, model.end + 1]), Tensor(ended, shape: [32 * 6]))
      value.backward()
      optimizer.step()
      optimizer.clearGradients()
    }
    try FolderGenerator.write(model, tokenizer: tokenizer, settings: settings, to: path)
    return path
  }

  private func request(_ text: String) throws -> TextGenerationRequest {
    let json = try JSONSerialization.data(
      withJSONObject: ["text": text, "task": "generation", "through": "", "seed": 1])
    return try JSONDecoder().decode(TextGenerationRequest.self, from: json)
  }

  @Test("a small model that was trained translates from its folder, from several threads alike")
  func translates() async throws {
    let generator = try FolderGenerator(Self.folder.get())
    for text in ["abcde", "eeeee", "dacab"] {
      #expect(try generator.generate(request(text)) == Self.translated(text))
    }
    let asked = try request("bad")
    let answers = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<4 { group.addTask { try generator.generate(asked) } }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(answers.count == 1)
  }

  @Test("a folder of two models takes a text there and back")
  func pair() throws {
    let folder = try Self.folder.get()
    let place = FileManager.default.temporaryDirectory
      .appendingPathComponent("hone-generator-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: place) }
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    for name in ["there", "back"] {
      try FileManager.default.copyItem(
        at: URL(fileURLWithPath: folder), to: place.appendingPathComponent(name))
    }
    let single = try FolderGenerator(folder)
    let there = try single.generate(request("abcde"))
    let back = try single.generate(request(there))
    #expect(try FolderGenerator(place.path).generate(request("abcde")) == back)
  }

  @Test("what the model does not know comes back as it is")
  func unknown() throws {
    let generator = try FolderGenerator(Self.folder.get())
    #expect(try generator.generate(request("abc!")) == "abc!")
  }

  @Test("a configuration plugs the folder into the training of a classifier of texts")
  func plugsIn() throws {
    let texts = (0..<40).map { index -> String in
      let start = index * 7 + index / 5
      return String((0..<5).map { place -> Character in Self.letters[(start + place * 3) % 5] })
    }
    let data = try Dataset(texts: texts, labels: (0..<40).map { "\($0 % 2)" })
    let folder = try Self.folder.get()
    let run = try Workbench.run(
      "data: {batchSize: 8, text: {unit: characters}}\naugment:\n  - generation: {endpoint: \(folder)}",
      data: data)
    let loader = run.plan.training
    for sample in loader.indices.prefix(5) {
      #expect(
        try loader.augmentedText(of: sample, epoch: 1)?.text == Self.translated(texts[sample]))
    }
  }

  @Test("a folder without a model, or with a damaged one, is refused by name")
  func refusals() throws {
    #expect(throws: FileError.self) { try FolderGenerator("/nowhere/model") }
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("hone-generator-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Data("{}".utf8).write(to: URL(fileURLWithPath: path + "/config.json"))
    #expect(throws: FileError.self) { try FolderGenerator(path) }
  }
}
