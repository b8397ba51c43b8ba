import HoneData
import Testing

@testable import HoneImprove

@Suite struct ProofDesignTests {
  @Test(
    "what proves a remedy is never trained on or selected by; each seed judges every sample once")
  func crossFitted() throws {
    let data = try DataSource.open("digits")
    let pool = Array(stride(from: 0, to: data.count, by: 2))
    let design = try ProofDesign(data, pool: pool, seeds: 3, seed: 3)
    for splits in design.splits {
      for split in splits { expectDivision(split, of: pool) }
      #expect(splits.flatMap(\.test).sorted() == pool)
    }
    #expect(design.splits[0][0].test != design.splits[1][0].test)
  }

  @Test("without cross-fitting all seeds judge the same fifth")
  func fixedPart() throws {
    let data = try DataSource.open("digits")
    let pool = Array(0..<1000)
    let design = try ProofDesign(data, pool: pool, seeds: 3, isCrossFitted: false, seed: 3)
    for splits in design.splits {
      #expect(splits.count == 1)
      expectDivision(splits[0], of: pool)
      #expect(splits[0].test == design.splits[0][0].test)
    }
  }

  @Test("the limit bounds training samples and nothing else")
  func limited() throws {
    let data = try DataSource.open("digits")
    let pool = Array(0..<1000)
    let full = try ProofDesign(data, pool: pool, seeds: 2, seed: 3)
    let part = try ProofDesign(data, pool: pool, seeds: 2, trainLimit: 100, seed: 3)
    for (all, some) in zip(full.splits.joined(), part.splits.joined()) {
      #expect(some.train.count == 100 && Set(some.train).isSubset(of: all.train))
      #expect(some.validation == all.validation && some.test == all.test)
    }
  }

  private func expectDivision(_ split: Split, of pool: [Int]) {
    let parts = [Set(split.train), Set(split.validation), Set(split.test)]
    #expect(parts[0].isDisjoint(with: parts[1]) && parts[0].isDisjoint(with: parts[2]))
    #expect(parts[1].isDisjoint(with: parts[2]))
    #expect(parts.reduce(0) { $0 + $1.count } == pool.count)
  }
}
