import Foundation
import HoneNumerics
import HoneRecords
import HoneText
import Testing

@testable import HoneData

@Suite struct CIFARSourceTests {
  private func record(label: UInt8, value: UInt8) -> [UInt8] {
    [label] + [UInt8](repeating: value, count: 3072)
  }

  @Test("reads batches of the inner folder, the test batch as the test split")
  func reads() throws {
    let folder = try TemporaryFolder()
    let inner = "cifar-10-batches-bin"
    try folder.write("cat\ndog\n", to: "\(inner)/batches.meta.txt")
    try folder.write(
      record(label: 1, value: 7) + record(label: 0, value: 9), to: "\(inner)/data_batch_1.bin")
    try folder.write(record(label: 1, value: 5), to: "\(inner)/test_batch.bin")
    let data = try DataSource.open(folder.path)
    #expect(data.classes == ["cat", "dog"])
    #expect(data.labels == [1, 0, 1])
    #expect(data.parts == DatasetParts(train: [0, 1], test: [2]))
    #expect(data.sampleShape == [3, 32, 32])
  }

  @Test("names the sample whose label is out of range")
  func refusesLabel() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      record(label: 1, value: 0) + record(label: 10, value: 0), to: "data_batch_1.bin")
    #expect(
      dataError { try DataSource.open(folder.path) }
        == .labelOutOfRange(path: path, index: 1, label: 10, classes: 10))
  }

  @Test("refuses a batch that ends within a record")
  func refusesTruncated() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      Array(record(label: 1, value: 0).dropLast()), to: "data_batch_1.bin")
    guard case .badFile(path, _) = dataError({ try DataSource.open(folder.path) }) else {
      Issue.record("a truncated batch was taken")
      return
    }
  }

  @Test(
    "opens CIFAR-10", .enabled(if: Fixtures.hasData("cifar10"), "HONE_DATA has no cifar10"))
  func opensReal() throws {
    let data = try DataSource.open("cifar10", home: Fixtures.home)
    #expect(data.classes.first == "airplane")
    #expect(data.labels.prefix(3) == [6, 9, 9])
    #expect(data.parts?.test.isEmpty == false)
  }
}
