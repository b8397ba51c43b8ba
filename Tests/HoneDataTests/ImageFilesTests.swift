import Foundation
import HoneNumerics
import HoneRecords
import Testing

@testable import HoneData

@Suite struct ImageFilesTests {
  private func folder(files: Int) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for index in 0..<files {
      try folder.copy("Parts/420.jpg", to: "\(index % 2 == 0 ? "a" : "b")/\(index).jpg")
    }
    return folder
  }

  private func files(_ data: Dataset) throws -> ImageFiles {
    guard case .images(let images) = data.samples else { throw DataError.noRows(path: "images") }
    return try #require(images as? ImageFiles)
  }

  private func sample(_ images: ImageFiles, _ index: Int) throws -> [UInt8] {
    try images.withPixels(of: index) {
      Array(UnsafeBufferPointer(start: $0, count: images.sampleBytes))
    }
  }

  @Test("keeps samples up to the bytes that were granted and no more")
  func boundsMemory() throws {
    let folder = try folder(files: 12)
    var options = DataOptions(imageSize: 16)
    options.cacheBytes = 5 * 16 * 16 * 3 + 100
    let images = try files(DataSource.open(folder.path, options: options))
    let first = try (0..<12).map { try sample(images, $0) }
    #expect(images.keptBytes == 5 * 16 * 16 * 3)
    #expect(try (0..<12).map { try sample(images, $0) } == first)
    #expect(images.keptBytes == 5 * 16 * 16 * 3)
  }

  @Test("a kept sample does not need its file, another does")
  func readsKept() throws {
    let folder = try folder(files: 4)
    var options = DataOptions(imageSize: 16)
    options.cacheBytes = 16 * 16 * 3
    let images = try files(DataSource.open(folder.path, options: options))
    let before = try sample(images, 1)
    try FileManager.default.removeItem(atPath: images.name(of: 1))
    try FileManager.default.removeItem(atPath: images.name(of: 2))
    #expect(try sample(images, 1) == before)
    guard case .unreadable(let path, _) = dataError({ try sample(images, 2) }) else {
      Issue.record("a file that is gone was read")
      return
    }
    #expect(path == images.name(of: 2))
  }

  @Test("a random resized crop takes the pixels that it takes of the whole picture")
  func cropsAsWhole() throws {
    let folder = try folder(files: 4)
    let data = try DataSource.open(folder.path, options: DataOptions(imageSize: 24))
    let whole = try ImageDecoder.decode(try Fixtures.bytes("Parts/420.jpg"), path: "420")
    let steps: [Augmentation] = [.randomResizedCrop(), .horizontalFlip(), .brightness(amount: 0.3)]
    let loader = try DataLoader(
      data, indices: [0, 1, 2, 3],
      preprocessor: try .fit(data, indices: [0], normalization: .imageNet),
      options: LoaderOptions(batchSize: 4, seed: 5, augmentation: steps))
    var renderer = ImageRenderer(
      steps: steps, size: ImageSize(height: 24, width: 24), mean: [0.485, 0.456, 0.406],
      deviation: [0.229, 0.224, 0.225], seed: 5)
    let count = 3 * 24 * 24
    for epoch in 1...3 {
      let values = try loader.batch(of: [0, 1, 2, 3], epoch: epoch).inputs.values(as: Float.self)
      for sample in 0..<4 {
        var expected = [Float](repeating: 0, count: count)
        let size = ImageSize(height: whole.height, width: whole.width)
        let operations = whole.pixels.withUnsafeBufferPointer { pixels in
          expected.withUnsafeMutableBytes {
            renderer.render(pixels, size: size, epoch: epoch, sample: sample, into: $0)
          }
        }
        #expect(Array(values[(sample * count)..<((sample + 1) * count)]) == expected)
        #expect(try loader.operations(of: sample, epoch: epoch) == operations)
      }
    }
  }
}
