import HoneNumerics
import HoneRecords
import Testing

@testable import HoneData

@Suite struct LoaderShareTests {
  @Test("parts are the batch, side by side, and differ by one sample at most")
  func rows() {
    for batch in [0, 1, 2, 5, 32, 33] {
      for count in 1...5 {
        let parts = (0..<count).map { LoaderShare(index: $0, count: count).rows(of: batch) }
        #expect(parts.flatMap(Array.init) == Array(0..<batch))
        let sizes = parts.map(\.count)
        #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
      }
    }
  }

  private func loader(_ augmentation: [Augmentation], threads: Int) throws -> DataLoader {
    let digits = try DataSource.open("digits")
    let indices = Array(0..<50)
    return try DataLoader(
      digits, indices: indices,
      preprocessor: Preprocessor.fit(digits, indices: indices, normalization: .standardize),
      options: LoaderOptions(
        batchSize: 16, order: .shuffled, threads: threads, seed: 4, augmentation: augmentation))
  }

  @Test(
    "the parts' samples are those of the whole batch, augmentation and mixing included",
    arguments: [0, 2], [[], [Augmentation.randomErasing()], [.mixUp()]])
  func equalsWhole(threads: Int, augmentation: [Augmentation]) throws {
    let loader = try loader(augmentation, threads: threads)
    let whole = loader.epoch(3, from: 1)
    let parts = (0..<3).map {
      loader.epoch(3, from: 1, share: LoaderShare(index: $0, count: 3))
    }
    var number = 1
    while let batch = try whole.next() {
      let pieces = try parts.map { try #require(try $0.next()) }
      #expect(loader.samples(inBatch: number) == batch.count)
      number += 1
      // The last batch has two samples: the first part has none of its own and comes with one.
      guard batch.count >= 3 else {
        #expect(pieces.map(\.count) == [1, 1, 1])
        continue
      }
      #expect(pieces.flatMap(\.indices) == batch.indices)
      #expect(pieces.flatMap(\.inputs.bytes) == batch.inputs.bytes)
      #expect(pieces.flatMap(\.targets.bytes) == batch.targets.bytes)
      #expect(pieces.flatMap { $0.softLabels?.bytes ?? [] } == batch.softLabels?.bytes ?? [])
    }
    #expect(number == 4)
    for part in parts { #expect(try part.next() == nil) }
  }
}
