import HoneData
import Testing

@testable import HoneImprove

@Suite struct ProofDesignTests {
  @Test("what proves a remedy is never trained on or selected by, and every sample proves once")
  func disjoint() throws {
    let data = try DataSource.open("digits")
    let pool = Array(stride(from: 0, to: data.count, by: 2))
    let design = try ProofDesign(data, pool: pool, seeds: 5, trainLimit: nil, seed: 3)
    var proved: [Int] = []
    for split in design.splits {
      let parts = [Set(split.train), Set(split.validation), Set(split.test)]
      #expect(parts[0].isDisjoint(with: parts[1]) && parts[0].isDisjoint(with: parts[2]))
      #expect(parts[1].isDisjoint(with: parts[2]))
      #expect(parts.reduce(0) { $0 + $1.count } == pool.count)
      proved += split.test
    }
    #expect(proved.sorted() == pool)
  }

  @Test("the limit bounds training samples and nothing else")
  func limited() throws {
    let data = try DataSource.open("digits")
    let pool = Array(0..<1000)
    let full = try ProofDesign(data, pool: pool, seeds: 3, trainLimit: nil, seed: 3)
    let part = try ProofDesign(data, pool: pool, seeds: 3, trainLimit: 100, seed: 3)
    for (all, some) in zip(full.splits, part.splits) {
      #expect(some.train.count == 100 && Set(some.train).isSubset(of: all.train))
      #expect(some.validation == all.validation && some.test == all.test)
    }
  }
}
