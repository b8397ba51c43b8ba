import Foundation
import HoneRecords
import HoneText
import Testing

@testable import HoneData

@Suite struct PackedCacheTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.copy("Parts/420.jpg", to: "data/a/1.jpg", "data/b/2.jpg")
    try folder.copy("color.png", to: "data/a/3.png")
    try folder.copy("turned.jpg", to: "data/b/4.jpg")
    try folder.copy("exact.webp", to: "data/b/5.webp")
    return folder
  }

  private func open(
    _ folder: TemporaryFolder, _ kind: CacheOptions.Kind?, path: String? = nil
  ) throws -> Dataset {
    var options = DataOptions(imageSize: 16)
    options.cacheBytes = 0
    options.cache = kind.map { CacheOptions(kind: $0, path: path) }
    return try DataSource.open(folder.path("data"), options: options)
  }

  private func batches(_ data: Dataset, _ augmentation: [Augmentation]) throws -> [HostBatch] {
    let loader = try DataLoader(
      data, indices: Array(0..<data.count),
      preprocessor: try .fit(data, indices: Array(0..<data.count)),
      options: LoaderOptions(
        batchSize: 2, order: .shuffled, threads: 2, seed: 3, augmentation: augmentation))
    var found: [HostBatch] = []
    for epoch in 1...2 {
      let iterator = loader.epoch(epoch)
      while let batch = try iterator.next() { found.append(batch) }
    }
    return found
  }

  private func words(_ data: Dataset) -> String {
    data.notes.map(\.english).joined(separator: "\n")
  }

  private func path(_ folder: TemporaryFolder, _ kind: CacheOptions.Kind) -> String {
    folder.path("data.\(kind.rawValue).cache")
  }

  @Test("changes nothing but time", arguments: CacheOptions.Kind.allCases)
  func equalsFiles(kind: CacheOptions.Kind) throws {
    let folder = try folder()
    let plain = try open(folder, nil)
    let packed = try open(folder, kind)
    #expect(words(packed).contains("5 pictures were packed"))
    for steps: [Augmentation] in [[], [.randomResizedCrop(), .horizontalFlip()]] {
      #expect(try batches(packed, steps) == batches(plain, steps))
    }
    #expect(packed.fingerprint == plain.fingerprint)
    let again = try open(folder, kind)
    #expect(again.notes.isEmpty)
    #expect(try batches(again, []) == batches(plain, []))
  }

  @Test("is written anew when a file changes, even to the same size, and when one is added")
  func rebuildsChanged() throws {
    let folder = try folder()
    _ = try open(folder, .raw)
    let place = folder.path("data/a/1.jpg")
    let later = Date(timeIntervalSinceNow: 5)
    try FileManager.default.setAttributes([.modificationDate: later], ofItemAtPath: place)
    #expect(words(try open(folder, .raw)).contains("written anew"))
    #expect(try open(folder, .raw).notes.isEmpty)
    try folder.copy("color.png", to: "data/a/6.png")
    let data = try open(folder, .raw)
    #expect(words(data).contains("6 pictures were packed"))
    #expect(try batches(data, []) == batches(open(folder, nil), []))
  }

  @Test("is found damaged wherever it is cut, and written anew", arguments: [0, 10, 63, 64, 900])
  func findsTruncated(length: Int) throws {
    let folder = try folder()
    _ = try open(folder, .encoded)
    let place = path(folder, .encoded)
    let whole = try Data(contentsOf: URL(fileURLWithPath: place))
    try whole.prefix(length).write(to: URL(fileURLWithPath: place))
    let data = try open(folder, .encoded)
    #expect(words(data).contains("damaged"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: place)) == whole)
  }

  @Test("is found damaged when header or index were changed")
  func findsChangedIndex() throws {
    let folder = try folder()
    _ = try open(folder, .encoded)
    let url = URL(fileURLWithPath: path(folder, .encoded))
    let whole = try Data(contentsOf: url)
    for place in [20, 35, whole.count - 3, whole.count - 5 * 32] {
      var changed = whole
      changed[place] ^= 0x10
      try changed.write(to: url)
      #expect(words(try open(folder, .encoded)).contains("damaged"), "byte \(place)")
      #expect(try Data(contentsOf: url) == whole)
    }
  }

  @Test("a damaged picture is read from its own file, and the packed file is given up")
  func readsDamagedFromFile() throws {
    let folder = try folder()
    _ = try open(folder, .raw)
    let url = URL(fileURLWithPath: path(folder, .raw))
    var changed = try Data(contentsOf: url)
    changed[5000] ^= 1
    try changed.write(to: url)
    let data = try open(folder, .raw)
    #expect(data.notes.isEmpty)
    #expect(try batches(data, []) == batches(open(folder, nil), []))
    #expect(!FileManager.default.fileExists(atPath: url.path))
    #expect(words(try open(folder, .raw)).contains("were packed"))
  }

  @Test("eight that build at once leave one whole file and nothing else")
  func buildsAtOnce() async throws {
    let folder = try folder()
    let place = folder.path("data")
    let notes = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask {
          var options = DataOptions(imageSize: 16)
          options.cache = CacheOptions(kind: .raw)
          return (try? DataSource.open(place, options: options).notes.count) ?? -1
        }
      }
      return await group.reduce(into: [Int]()) { $0.append($1) }
    }
    // One builds and says so; the others find its file.
    #expect(notes.sorted() == [0, 0, 0, 0, 0, 0, 0, 1])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == ["data", "data.raw.cache"])
  }

  @Test("what a killed writer left is removed, and its file is not taken")
  func removesRemains() throws {
    let folder = try folder()
    try folder.write("part of a file", to: "data.raw.cache.1-2.tmp")
    _ = try open(folder, .raw)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == ["data", "data.raw.cache"])
  }

  @Test("where it cannot be written the files are read, and a note says why")
  func readsFilesWhereNotWritable() throws {
    let folder = try folder()
    let data = try open(folder, .raw, path: folder.path("nowhere/packed"))
    #expect(words(data).contains("could not be written"))
    #expect(try batches(data, []) == batches(open(folder, nil), []))
  }

  @Test("a picture that cannot be decoded fails by name when it is asked for")
  func keepsBadFiles() throws {
    let folder = try folder()
    try folder.copy("truncated.jpg", to: "data/b/9.jpg")
    let data = try open(folder, .raw)
    let preprocessor = try Preprocessor.fit(data, indices: [0], normalization: .unit)
    let loader = try DataLoader(data, indices: [5], preprocessor: preprocessor)
    guard case .badSample(5, .badImage(let path, _)) = dataError({ try loader.batch(of: [5]) })
    else {
      Issue.record("a picture that is cut short was loaded")
      return
    }
    #expect(path == folder.path("data/b/9.jpg"))
  }
}
