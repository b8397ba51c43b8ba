import Foundation
public import HoneData
public import HoneModels
import HoneNN
public import HoneNumerics
import HoneRecords
import HoneTensor
import Synchronization

/// A sequence-to-sequence model in a folder, which says texts anew: `model.safetensors` and `config.json`.
///
/// A folder for back-translation holds two such folders: `there`, into the other language, and `back`.
///
/// ```swift
/// try FolderGenerator.write(model, tokenizer: tokenizer, settings: settings, to: "models/paraphrase")
/// let augmenter = try TextAugmenter(
///   [TextAugmentation(.rewriting(TextRewriting(.generation, endpoint: "models/paraphrase")))],
///   generators: ["models/paraphrase": try FolderGenerator("models/paraphrase")])
/// ```
public final class FolderGenerator: TextGenerator {
  /// The extents of a model, as its folder keeps them.
  public struct Settings: Sendable, Codable, Equatable {
    /// The length of a token's vector.
    public var features: Int
    /// Layers of the encoder, and of the decoder.
    public var layers: Int
    /// Attention heads.
    public var heads: Int
    /// The width between the two linear maps of a position.
    public var feedForward: Int
    /// Tokens of an answer, at most.
    public var longestAnswer: Int

    /// Extents; small enough to train from scratch.
    public init(
      features: Int = 128, layers: Int = 2, heads: Int = 4, feedForward: Int = 256,
      longestAnswer: Int = 256
    ) {
      self.features = features
      self.layers = layers
      self.heads = heads
      self.feedForward = feedForward
      self.longestAnswer = longestAnswer
    }

    /// A new model of these extents, without dropout.
    public func model(
      vocabulary: Int, using stream: inout RandomStream
    ) -> SequenceToSequence {
      SequenceToSequence(
        vocabulary: vocabulary, features: features, layers: layers, heads: heads,
        block: .init(
          feedForward: feedForward, dropout: 0, activation: .gelu(), isNormFirst: true),
        using: &stream)
    }
  }

  /// What `config.json` holds.
  private struct Description: Codable {
    var kind = FolderGenerator.kind
    var settings: Settings
    var tokenizer: Tokenizer
  }

  /// A model with what turns text into its numbers and back.
  private struct Speaker {
    let model: SequenceToSequence
    let tokenizer: Tokenizer
    let longestAnswer: Int

    /// The text said anew; the text itself where the model does not know some of it.
    func answer(to text: String) -> String {
      let numbers = tokenizer.encode(text)
      guard tokenizer.decode(numbers) == text, !numbers.contains(Int32(Vocabulary.unknown)) else {
        return text
      }
      return tokenizer.decode(model.answer(to: numbers, maximumLength: longestAnswer))
    }
  }

  private static let kind = "hone sequence-to-sequence 1"
  /// One model, or the way there and back; tensors stay behind the lock.
  private let speakers: Mutex<[Speaker]>

  /// Reads a model.
  /// - Throws: `FileError` where the folder holds none, or a damaged one.
  public init(_ folder: String) throws(FileError) {
    let place = URL(fileURLWithPath: folder, isDirectory: true)
    let parts = ["there", "back"].map { place.appendingPathComponent($0) }
    let isPair = parts.allSatisfy {
      FileManager.default.fileExists(atPath: $0.appendingPathComponent("config.json").path)
    }
    speakers = Mutex(try Self.read(isPair ? parts : [place]))
  }

  /// The answer of the model; the same for the same text.
  public func generate(_ request: TextGenerationRequest) throws -> String {
    speakers.withLock { speakers in
      speakers.reduce(request.text) { text, speaker in speaker.answer(to: text) }
    }
  }

  /// Writes a model that `init(_:)` reads.
  /// - Throws: `FileError` where the disk refuses.
  public static func write(
    _ model: SequenceToSequence, tokenizer: Tokenizer, settings: Settings, to folder: String
  ) throws {
    let place = URL(fileURLWithPath: folder, isDirectory: true)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let description = Description(settings: settings, tokenizer: tokenizer)
    let text = String(decoding: try encoder.encode(description), as: UTF8.self)
    try AtomicFile.write(text, to: place.appendingPathComponent("config.json").path)
    var file = Safetensors()
    for entry in model.stateDictionary.entries { file.tensors[entry.name] = entry.value }
    file.metadata["kind"] = kind
    try file.write(to: place.appendingPathComponent("model.safetensors").path)
  }

  private static func read(_ folders: [URL]) throws(FileError) -> sending [Speaker] {
    var speakers: [Speaker] = []
    for folder in folders { speakers.append(try read(folder)) }
    return speakers
  }

  private static func read(_ folder: URL) throws(FileError) -> sending Speaker {
    let path = folder.appendingPathComponent("config.json").path
    guard let content = FileManager.default.contents(atPath: path) else {
      throw .malformed(path: folder.path, reason: "it holds no config.json of a model")
    }
    guard let description = try? JSONDecoder().decode(Description.self, from: content),
      description.kind == kind
    else { throw .malformed(path: path, reason: "it does not describe \(kind)") }
    let weights = folder.appendingPathComponent("model.safetensors").path
    let file = try Safetensors(contentsOf: weights)
    var stream = RandomStream(seed: 0, "generator")
    let model = description.settings.model(
      vocabulary: description.tokenizer.vocabulary.count, using: &stream)
    do throws(StateDictionaryError) {
      try model.load(
        StateDictionary(file.tensors.map { StateDictionary.Entry(name: $0.key, value: $0.value) }))
    } catch {
      throw .malformed(path: weights, reason: "\(error)")
    }
    model.evaluate()
    return Speaker(
      model: model, tokenizer: description.tokenizer,
      longestAnswer: description.settings.longestAnswer)
  }
}
