import Foundation
import HoneNumerics
import HoneRecords
import HoneText
import Testing

@testable import HoneData

@Suite struct ClassAugmentationTests {
  private func data() throws -> Dataset {
    let images = (0..<8).map { index in (0..<64).map { UInt8($0 * 3 + index) } }
    return try Dataset(
      images: images, channels: 1, height: 8, width: 8,
      labels: (0..<8).map { $0 % 4 == 0 ? "rare" : "usual" })
  }

  @Test("steps for some classes change their samples alone")
  func images() throws {
    let data = try data()
    let preprocessor = try Preprocessor.fit(data, indices: Array(0..<8))
    let loader = try DataLoader(
      data, indices: Array(0..<8), preprocessor: preprocessor,
      options: LoaderOptions(
        batchSize: 8,
        augmentation: [.forClasses(classes: ["rare"], steps: [.verticalFlip(probability: 1)])]))
    let plain = try loader.batch(of: Array(0..<8)).inputs.values(as: Float.self)
    let changed = try loader.batch(of: Array(0..<8), epoch: 1).inputs.values(as: Float.self)
    for sample in 0..<8 {
      let range = (sample * 64)..<((sample + 1) * 64)
      #expect((plain[range] == changed[range]) == (sample % 4 != 0))
    }
    #expect(try loader.operations(of: 0, epoch: 1) == [.flipVertically])
    #expect(try loader.operations(of: 1, epoch: 1).isEmpty)
  }

  @Test("texts of other classes stay as they are")
  func texts() throws {
    let words = (0..<6).map { "one two three four five \($0)" }
    let data = try Dataset(texts: words, labels: (0..<6).map { $0 == 2 ? "rare" : "usual" })
    let loader = try DataLoader(
      data, indices: Array(0..<6), preprocessor: try Preprocessor.fit(data, indices: Array(0..<6)),
      options: LoaderOptions(
        batchSize: 6,
        textAugmentation: [TextAugmentation(.forClasses(["rare"], [TextAugmentation(.swap)]))]))
    for sample in 0..<6 {
      let text = try #require(try loader.augmentedText(of: sample, epoch: 1)).text
      #expect((text == words[sample]) == (sample != 2))
    }
  }

  @Test("a class that the data do not have is refused by name")
  func unknown() throws {
    let data = try data()
    let error = dataError {
      try DataLoader(
        data, indices: [0, 1], preprocessor: try Preprocessor.fit(data, indices: [0, 1]),
        options: LoaderOptions(
          batchSize: 2,
          augmentation: [.oneOf(steps: [.forClasses(classes: ["strange"], steps: [.invert()])])]))
    }
    #expect(error?.explanation.english.contains("'strange'") == true)
  }
}
