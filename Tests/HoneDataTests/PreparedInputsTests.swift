import HoneRecords
import Testing

@testable import HoneData

@Suite struct PreparedInputsTests {
  @Test("copies what was made, and knows what could not be made")
  func copies() throws {
    struct Unreadable: Error {}
    var made: [Int] = []
    let inputs = PreparedInputs(of: [7, 3, 7, 5], size: 2) { sample, target in
      if sample == 5 { throw Unreadable() }
      made.append(sample)
      target[0] = Float(sample)
      target[1] = -1
    }
    #expect(made == [3, 7])
    var rows = [Float](repeating: 0, count: 6)
    func copy(_ samples: Int...) -> Bool {
      rows.withUnsafeMutableBufferPointer { inputs.copy(samples, to: $0.baseAddress!) }
    }
    #expect(copy(7, 3, 7))
    #expect(rows == [7, -1, 3, -1, 7, -1])
    for missing in [5, 4, 8, -1] { #expect(!copy(3, missing)) }
  }

  @Test("an epoch of prepared inputs has the bits of samples that are asked for one by one")
  func sameBits() throws {
    let data = try DataSource.open("digits")
    let indices = Array(0..<200)
    let loader = try DataLoader(
      data, indices: indices, preprocessor: try .fit(data, indices: indices),
      options: LoaderOptions(batchSize: 64, order: .shuffled, seed: 3))
    for epoch in 1...2 {
      let batches = loader.epoch(epoch)
      #expect(batches.workers == 0)
      while let batch = try batches.next() {
        // What is asked for alone is made anew.
        #expect(try loader.batch(of: batch.indices) == batch)
      }
    }
  }
}
