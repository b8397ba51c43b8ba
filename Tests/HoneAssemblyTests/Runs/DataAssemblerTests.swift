import Foundation
import HoneConfiguration
import HoneData
import HoneRecords
import HoneText
import HoneTrain
import Testing

@testable import HoneAssembly

@Suite struct DataAssemblerTests {
  @Test("hands decoding, cache and the policy of failures to the data")
  func loading() throws {
    let configuration = try Workbench.configuration(
      "data: {decoding: fast, cache: {kind: encoded, path: there}, onError: replace}")
    let options = try configuration.dataOptions()
    #expect(options.decoding == .fast)
    #expect(options.cache == CacheOptions(kind: .encoded, path: "there"))
    #expect(configuration.failurePolicy(training: true) == .replace)
    #expect(configuration.failurePolicy(training: false) == .skip)
    let plain = try Workbench.configuration("{}")
    #expect(try plain.dataOptions().cache == nil)
    #expect(plain.failurePolicy(training: true) == .fail)
  }

  @Test("an empty cache block means decoded pictures beside the folder")
  func usualCache() throws {
    let options = try Workbench.configuration("data: {cache: {}}").dataOptions()
    #expect(options.cache == CacheOptions(kind: .raw))
  }

  @Test("a cache of data that are no image files is refused by its key")
  func refusesCache() throws {
    let configuration = try Workbench.configuration("data: {source: digits, cache: {kind: raw}}")
    let error = #expect(throws: ConfigurationError.self) { try configuration.openData(home: nil) }
    #expect(error?.explanation.english.contains("data.cache") == true)
  }

  @Test("the neighbours' answers are held against their own labels where images cannot be read")
  func neighboursOfReadable() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("hone-assembly-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, gray) in [("black", UInt8(0)), ("white", 255)] {
      let place = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      for index in 0..<60 {
        // A bitmap of one pixel, and every sixth file is none.
        var bytes: [UInt8] = [0x42, 0x4D, 58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0]
        bytes += [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0]
        bytes += [UInt8](repeating: 0, count: 24)
        bytes += [gray, gray, gray, 0]
        let content = index.isMultiple(of: 6) ? Data("no picture".utf8) : Data(bytes)
        try content.write(to: place.appendingPathComponent("\(index).bmp"))
      }
    }
    for policy in ["skip", "replace"] {
      let text = """
        data: {source: \(folder.path), imageSize: 4, batchSize: 8, validation: 0.4, test: 0, onError: \(policy)}
        model: mlp
        """
      let data = try Workbench.configuration(text).openData(home: nil)
      let run = try Workbench.run(text, data: data)
      let neighbours = try #require(try measurePreflight(run.plan).neighbours)
      #expect(neighbours.score == 1)
      #expect(run.plan.validation.map { $0.failures.count > 0 } == true)
    }
  }

  @Test("training goes on without images that cannot be read, from the first look at the data")
  func skipsUnreadable() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("hone-assembly-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    // A bitmap of one white pixel.
    var bytes: [UInt8] = [0x42, 0x4D, 58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0]
    bytes += [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0]
    bytes += [UInt8](repeating: 0, count: 24)
    bytes += [255, 255, 255, 0]
    let bitmap = Data(bytes)
    for name in ["a", "b"] {
      let place = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      for index in 0..<20 {
        let content = index == 7 ? Data("no picture".utf8) : bitmap
        try content.write(to: place.appendingPathComponent("\(index).bmp"))
      }
    }
    let text = """
      data: {source: \(folder.path), imageSize: 4, batchSize: 8, validation: 4, test: 0, onError: skip}
      model: mlp
      """
    let configuration = try Workbench.configuration(text)
    let data = try configuration.openData(home: nil)
    let run = try Workbench.run(text, data: data)
    let batches = run.plan.training.epoch(1)
    var count = 0
    while let batch = try batches.next() { count += batch.count }
    let failures = run.plan.training.failures.count
    #expect((1...2).contains(failures))
    #expect(count == run.plan.training.indices.count - failures)
    let strict = text.replacingOccurrences(of: "skip", with: "throw")
    #expect(throws: DataError.self) { try Workbench.run(strict, data: data) }
  }
}
