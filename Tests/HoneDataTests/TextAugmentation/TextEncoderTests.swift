import Foundation
import HoneNumerics
import HoneRecords
import Testing

@testable import HoneData

struct TextEncoderTests {
  private func reviews() throws -> Dataset {
    let lines = (0..<120).map { number in
      let mood = number % 2 == 0 ? "good" : "bad"
      let tail = (0..<(number % 9)).map { "word\($0)" }.joined(separator: " ")
      return "\(mood)\tThis film is number \(number) and \(mood) \(tail)"
    }
    let folder = try TemporaryFolder()
    let path = try folder.write("verdict\ttext\n" + lines.joined(separator: "\n"), to: "r.tsv")
    return try DataSource.open(path, options: DataOptions(target: "verdict"))
  }

  @Test(
    "texts are augmented anew in every epoch, alike for any number of threads and after resuming")
  func augmentation() throws {
    let data = try reviews()
    let preprocessor = try Preprocessor.fit(data, indices: Array(0..<120))
    func epoch(_ number: Int, threads: Int, from first: Int = 0) throws -> [HostBatch] {
      var options = LoaderOptions(batchSize: 16, order: .shuffled, threads: threads, seed: 3)
      options.textAugmentation = [
        TextAugmentation(.swap), TextAugmentation(.keyboard(), probability: 0.5),
      ]
      let loader = try DataLoader(
        data, indices: Array(0..<120), preprocessor: preprocessor, options: options)
      let batches = loader.epoch(number, from: first)
      var found: [HostBatch] = []
      while let batch = try batches.next() { found.append(batch) }
      return found
    }
    let plain = try epoch(1, threads: 0)
    let threaded = try epoch(1, threads: 3)
    #expect(plain.map(\.inputs) == threaded.map(\.inputs))
    #expect(try epoch(1, threads: 1, from: 5).map(\.inputs) == plain.dropFirst(5).map(\.inputs))
    #expect(try epoch(2, threads: 0).map(\.inputs) != plain.map(\.inputs))
  }

  @Test("a sample's text of an epoch can be seen, and batches without an epoch are unchanged")
  func augmentedText() throws {
    let data = try reviews()
    let preprocessor = try Preprocessor.fit(data, indices: Array(0..<120))
    let options = LoaderOptions(textAugmentation: [TextAugmentation(.swap)])
    let loader = try DataLoader(data, indices: [11], preprocessor: preprocessor, options: options)
    let text = try #require(try loader.augmentedText(of: 11, epoch: 4))
    #expect(text.drawn.map(\.name) == ["wordSwap"])
    let bare = try DataLoader(data, indices: [11], preprocessor: preprocessor)
    #expect(try loader.batch(of: [11]).inputs == bare.batch(of: [11]).inputs)
    let drawn = try loader.batch(of: [11], epoch: 4).inputs.values(as: Int64.self).map { Int32($0) }
    let tokenizer = try #require(preprocessor.tokenizer)
    #expect(Array(drawn.prefix { $0 != 0 }) == tokenizer.encode(text.text))
  }

  @Test("augmentation of texts is refused by name on other data")
  func needsTexts() throws {
    let digits = try DataSource.open("digits")
    let preprocessor = try Preprocessor.fit(digits, indices: Array(0..<100))
    let error = dataError {
      try DataLoader(
        digits, indices: [0], preprocessor: preprocessor,
        options: LoaderOptions(textAugmentation: [TextAugmentation(.swap)]))
    }
    #expect(error == .badTextAugmentation(.needsTexts(name: "wordSwap", input: "image")))
  }
}
