import Foundation
import HoneNumerics
import HoneRecords
import HoneText
import Testing

@testable import HoneData

@Suite struct FailureRecoveryTests {
  /// Eight images; that of sample 1 is cut short, that of sample 5 is missing.
  private func data() throws -> (TemporaryFolder, Dataset) {
    let folder = try TemporaryFolder()
    for index in 0..<8 {
      try folder.copy("Parts/444.jpg", to: "\(index < 4 ? "a" : "b")/\(index).jpg")
    }
    try folder.copy("truncated.jpg", to: "a/1.jpg")
    let data = try DataSource.open(folder.path, options: DataOptions(imageSize: 8))
    try FileManager.default.removeItem(atPath: folder.path("b/5.jpg"))
    return (folder, data)
  }

  private func loader(
    _ data: Dataset, _ policy: FailurePolicy, threads: Int = 0, batchSize: Int = 1,
    indices: [Int] = Array(0..<8)
  ) throws -> DataLoader {
    try DataLoader(
      data, indices: indices,
      preprocessor: try .fit(data, indices: [0], normalization: .unit),
      options: LoaderOptions(batchSize: batchSize, threads: threads, seed: 2, onError: policy))
  }

  private func batches(_ iterator: BatchIterator) throws -> [HostBatch] {
    var found: [HostBatch] = []
    while let batch = try iterator.next() { found.append(batch) }
    return found
  }

  @Test("an error names sample and file, and the next call goes on", arguments: [0, 2])
  func namesSample(threads: Int) throws {
    let (folder, data) = try data()
    let iterator = try loader(data, .fail, threads: threads).epoch(1)
    #expect(try iterator.next()?.indices == [0])
    let error = dataError { try iterator.next() }
    guard case .badSample(1, .badImage(let path, _))? = error else {
      Issue.record("a truncated image was loaded")
      return
    }
    #expect(path == folder.path("a/1.jpg"))
    let text = try #require(error?.explanation)
    #expect(text.english.contains("Sample 1") && text.english.contains(path))
    #expect(text.english.contains("data.onError"))
    #expect(text.korean.contains(path))
    #expect(error?.exitStatus.rawValue == 65)
    #expect(try iterator.next()?.indices == [2])
  }

  @Test("a file that vanishes within the epoch is named")
  func vanishes() throws {
    let (folder, data) = try data()
    let iterator = try loader(data, .fail, indices: [6, 7]).epoch(1)
    #expect(try iterator.next()?.indices == [6])
    try FileManager.default.removeItem(atPath: folder.path("b/7.jpg"))
    guard case .badSample(7, .unreadable(let path, let reason)) = dataError({ try iterator.next() })
    else {
      Issue.record("a file that is gone was loaded")
      return
    }
    #expect(path == folder.path("b/7.jpg"))
    #expect(reason.contains("No such file"))
  }

  @Test("skip leaves samples out and counts each once", arguments: [0, 1, 2, 16])
  func skips(threads: Int) throws {
    let (folder, data) = try data()
    let loader = try loader(data, .skip, threads: threads, batchSize: 3)
    for epoch in 1...2 {
      let found = try batches(loader.epoch(epoch))
      #expect(found.map(\.indices) == [[0, 2], [3, 4], [6, 7]])
      #expect(found.allSatisfy { $0.inputs.shape == [2, 3, 8, 8] })
    }
    #expect(loader.failures.count == 2)
    #expect(
      Set(loader.failures.first.map(\.name))
        == [folder.path("a/1.jpg"), folder.path("b/5.jpg")])
  }

  @Test(
    "a batch of which nothing is left is not handed out, and places stay right", arguments: [0, 2])
  func skipsBatches(threads: Int) throws {
    let (folder, data) = try data()
    defer { withExtendedLifetime(folder) {} }
    let loader = try loader(data, .skip, threads: threads)
    let iterator = loader.epoch(1)
    var places: [Int] = []
    while try iterator.next() != nil { places.append(iterator.position) }
    #expect(places == [1, 3, 4, 5, 7, 8])
    #expect(iterator.count == 8)
  }

  @Test("replace keeps batches whole, with the same substitutes on any threads and after resuming")
  func replaces() throws {
    let (folder, data) = try data()
    defer { withExtendedLifetime(folder) {} }
    let whole = try batches(loader(data, .replace, batchSize: 4).epoch(1))
    #expect(whole.map(\.count) == [4, 4])
    let indices = whole.flatMap(\.indices)
    #expect(indices[0] == 0 && ![1, 5].contains(indices[1]) && ![1, 5].contains(indices[5]))
    for threads in [1, 2, 16] {
      let loader = try loader(data, .replace, threads: threads, batchSize: 4)
      #expect(try batches(loader.epoch(1)) == whole)
      #expect(try batches(loader.epoch(1, from: 1)) == Array(whole.dropFirst()))
      #expect(loader.failures.count == 2)
    }
  }

  @Test("where no sample can be read, replacing fails by name")
  func failsWithoutSubstitute() throws {
    let (folder, data) = try data()
    defer { withExtendedLifetime(folder) {} }
    let loader = try loader(data, .replace, indices: [1, 5])
    guard case .badSample(1, _) = dataError({ try loader.epoch(1).next() }) else {
      Issue.record("a substitute was found among files that cannot be read")
      return
    }
  }
}
