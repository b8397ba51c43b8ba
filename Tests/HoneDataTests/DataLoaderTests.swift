import Foundation
import HoneNumerics
import HoneRecords
import Testing

@testable import HoneData

@Suite struct DataLoaderTests {
  private static let augmentation: [Augmentation] = [
    .randomCrop(padding: 2), .horizontalFlip(probability: 0.5), .randomRotation(degrees: 15),
    .brightness(amount: 0.3), .contrast(amount: 0.3), .verticalFlip(probability: 0.5),
    .randomTranslate(pixels: 1), .randomErasing(probability: 0.5), .cutout(size: 3),
    .cutMix(alpha: 1),
  ]

  private func loader(_ options: LoaderOptions, count: Int = 300) throws -> DataLoader {
    let data = try DataSource.open("digits")
    let indices = Array(0..<count)
    return try DataLoader(
      data, indices: indices, preprocessor: try .fit(data, indices: indices), options: options)
  }

  private func batches(_ iterator: BatchIterator) throws -> [HostBatch] {
    var found: [HostBatch] = []
    while let batch = try iterator.next() { found.append(batch) }
    return found
  }

  @Test("gives the same bits for any number of threads", arguments: [1, 2, 16])
  func ignoresThreads(threads: Int) throws {
    var options = LoaderOptions(
      batchSize: 32, order: .shuffled, threads: 0, seed: 9, augmentation: Self.augmentation)
    let inline = try batches(loader(options).epoch(2))
    options.threads = threads
    #expect(try batches(loader(options).epoch(2)) == inline)
    #expect(inline.count == 10)
    #expect(inline.allSatisfy { $0.softLabels?.shape == [$0.count, 10] })
  }

  @Test("visits every sample once an epoch, in another order each")
  func shuffles() throws {
    let loader = try loader(LoaderOptions(batchSize: 32, order: .shuffled, seed: 1))
    let first = try batches(loader.epoch(1)).flatMap(\.indices)
    let second = try batches(loader.epoch(2)).flatMap(\.indices)
    #expect(first.sorted() == Array(0..<300))
    #expect(second.sorted() == Array(0..<300))
    #expect(first != second)
  }

  @Test("gives a sample the same pixels alone as in its epoch")
  func repeatsSamples() throws {
    let loader = try loader(
      LoaderOptions(
        batchSize: 300, order: .shuffled, seed: 4, augmentation: [.randomCrop(padding: 2)]))
    let epoch = try #require(try loader.epoch(3).next())
    let alone = try loader.batch(of: [epoch.indices[17]], epoch: 3)
    let values = epoch.inputs.values(as: Float.self)[(17 * 64)..<(18 * 64)]
    #expect(alone.inputs.values(as: Float.self) == Array(values))
  }

  @Test("resumes within an epoch")
  func resumes() throws {
    let loader = try loader(
      LoaderOptions(
        batchSize: 64, order: .shuffled, threads: 2, seed: 4, augmentation: [.mixUp(alpha: 1)]))
    #expect(try batches(loader.epoch(3, from: 2)) == Array(batches(loader.epoch(3)).dropFirst(2)))
  }

  @Test("leaves out the incomplete batch on request")
  func drops() throws {
    let loader = try loader(LoaderOptions(batchSize: 128, dropLast: true))
    #expect(loader.batchesPerEpoch == 2)
    #expect(try batches(loader.epoch(1)).map(\.count) == [128, 128])
  }

  @Test("resumes from any batch, on any number of threads", arguments: [0, 1, 2, 16])
  func resumesAnywhere(threads: Int) throws {
    let options = LoaderOptions(
      batchSize: 64, order: .shuffled, threads: threads, seed: 4, augmentation: Self.augmentation)
    let loader = try loader(options)
    let whole = try batches(loader.epoch(2))
    for first in 0...whole.count {
      let iterator = loader.epoch(2, from: first)
      #expect(iterator.position == first)
      #expect(try batches(iterator) == Array(whole.dropFirst(first)))
      #expect(iterator.position == whole.count)
    }
  }

  @Test("leaves no thread when it is left early", arguments: [0, 1, 3])
  func stopsEarly(threads: Int) throws {
    let loader = try loader(LoaderOptions(batchSize: 8, threads: threads))
    let iterator = loader.epoch(1)
    #expect(try iterator.next()?.indices == Array(0..<8))
    #expect(iterator.workers == threads)
    iterator.close()
    #expect(iterator.workers == 0)
    #expect(try iterator.next() == nil)
  }

  @Test("prepares no more batches ahead than it was allowed")
  func boundsPrefetch() throws {
    let batches = (0..<40).map { [$0] }
    let data = try DataSource.open("digits")
    let preprocessor = try Preprocessor.fit(data, indices: Array(0..<40))
    let queue = BatchQueue(batches: batches, first: 0, limit: 3, workers: 1)
    let assembler = BatchAssembler(data, preprocessor, seed: 0, steps: [])
    let thread = Thread { queue.prepare(with: assembler, epoch: nil) }
    thread.start()
    for number in 0..<40 {
      #expect(queue.waiting <= 3)
      #expect(try queue.next()?.indices == [number])
    }
    #expect(try queue.next() == nil)
    queue.closeAndWait()
  }

  @Test("draws every class equally often when balanced")
  func balances() throws {
    let data = try DataSource.open("digits")
    let zeros = data.labels.indices.filter { data.labels[$0] == 0 }
    let ones = data.labels.indices.filter { data.labels[$0] == 1 }.prefix(7)
    let indices = zeros + ones
    let loader = try DataLoader(
      data, indices: indices, preprocessor: try .fit(data, indices: indices),
      options: LoaderOptions(batchSize: 1000, order: .balanced))
    let drawn = try #require(try loader.epoch(1).next()).targets.values(as: Int64.self)
    #expect(drawn.count == indices.count)
    #expect(abs(drawn.count { $0 == 0 } - drawn.count { $0 == 1 }) <= 1)
    #expect(ClassBalance.weights(counts: [30, 10, 0]) == [2 / 3.0, 2, 0])
  }

  @Test("refuses image augmentation of tables")
  func refusesTables() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a,y\n1,p\n2,q\n", to: "data.csv")
    let data = try DataSource.open(path, options: DataOptions(target: "y"))
    let preprocessor = try Preprocessor.fit(data, indices: [0, 1])
    let options = LoaderOptions(augmentation: [.horizontalFlip(probability: 0.5)])
    #expect(
      dataError {
        try DataLoader(data, indices: [0], preprocessor: preprocessor, options: options)
      } == .augmentationNeedsImages(name: "horizontalFlip", input: "table"))
  }
}
