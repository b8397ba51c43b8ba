import Foundation
import HoneNumerics
import HoneRecords
import HoneText
import Testing

@testable import HoneData

@Suite struct IDXSourceTests {
  private func folder(images: Int = 4, labels: [UInt8] = [0, 1, 2, 1]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.writeIDX(
      [images, 2, 3], (0..<(images * 6)).map { UInt8($0) }, to: "train-images-idx3-ubyte")
    try folder.writeIDX([labels.count], labels, to: "train-labels-idx1-ubyte")
    return folder
  }

  @Test("reads images and labels in order")
  func reads() throws {
    let folder = try folder()
    let data = try DataSource.open(folder.path)
    #expect(data.sampleShape == [1, 2, 3])
    #expect(data.labels == [0, 1, 2, 1])
    #expect(data.classes == ["0", "1", "2"])
    let loader = try DataLoader(
      data, indices: [0], preprocessor: try .fit(data, indices: [0], normalization: .none))
    #expect(try loader.batch(of: [2]).inputs.values(as: Float.self) == [12, 13, 14, 15, 16, 17])
  }

  @Test("refuses a label file that is shorter than the images")
  func refusesShortLabels() throws {
    let folder = try folder(labels: [0, 1, 1])
    #expect(
      dataError { try DataSource.open(folder.path) }
        == .countMismatch(
          images: folder.path("train-images-idx3-ubyte"), imageCount: 4,
          labels: folder.path("train-labels-idx1-ubyte"), labelCount: 3))
  }

  @Test("refuses a file that ends early, and one of another format")
  func refusesDamage() throws {
    let folder = try folder()
    let path = folder.path("train-images-idx3-ubyte")
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    for damaged in [whole.dropLast(), Data([1, 2, 3])] {
      try damaged.write(to: URL(fileURLWithPath: path))
      guard case .badFile(path, _) = dataError({ try DataSource.open(folder.path) }) else {
        Issue.record("a damaged file was taken")
        return
      }
    }
  }

  @Test("refuses a compressed file that ends early")
  func refusesTruncatedGzip() throws {
    let folder = try folder()
    // The beginning of a gzip member and nothing more.
    try folder.write([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B], to: "t10k-images-idx3-ubyte.gz")
    try folder.writeIDX([1], [0], to: "t10k-labels-idx1-ubyte")
    let path = folder.path("t10k-images-idx3-ubyte.gz")
    guard case .badFile(path, _) = dataError({ try DataSource.open(folder.path) }) else {
      Issue.record("a truncated gzip file was taken")
      return
    }
  }

  @Test(
    "opens Fashion-MNIST with its class names",
    .enabled(if: Fixtures.hasData("fashion-mnist"), "HONE_DATA has no fashion-mnist"))
  func opensFashion() throws {
    let data = try DataSource.open("fashion-mnist", home: Fixtures.home)
    #expect(data.count == 70_000)
    #expect(data.parts?.test.count == 10_000)
    #expect(data.classes[9] == "Ankle boot")
    #expect(data.labels.prefix(4) == [9, 0, 0, 3])
  }
}
