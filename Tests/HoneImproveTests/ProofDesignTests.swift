import HoneData
import Testing

@testable import HoneImprove

@Suite struct ProofDesignTests {
  private func subject(_ pool: [Int], method: SplitMethod = .stratified) throws -> CoinSubject {
    var subject = try CoinSubject()
    subject.pool = pool
    subject.splitMethod = method
    return subject
  }

  private func design(
    _ subject: CoinSubject, crossFitted: Bool = true, limit: Int? = nil
  ) throws -> ProofDesign {
    try ProofDesign(
      subject, seeds: 3, raceSeeds: 2, isCrossFitted: crossFitted, trainLimit: limit, seed: 3)
  }

  @Test(
    "what proves is never trained on, selected by, or used to choose; each seed judges all of it")
  func crossFitted() throws {
    let pool = Array(stride(from: 0, to: 1797, by: 2))
    let design = try design(subject(pool))
    let choosing = Set(design.race[0].test)
    #expect(choosing.count > pool.count / 6 && choosing.count < pool.count / 4)
    for splits in design.proofs {
      #expect(splits.count == ProofDesign.folds)
      for split in splits { expectDivision(split, of: pool) }
      let judged = splits.flatMap(\.test)
      #expect(choosing.isDisjoint(with: judged))
      #expect(choosing.union(judged) == Set(pool) && judged.count == Set(judged).count)
    }
    #expect(design.proofs[0][0].test != design.proofs[1][0].test)
  }

  @Test("without cross-fitting all seeds judge the same part, which the race does not touch")
  func fixedPart() throws {
    let pool = Array(0..<1000)
    let design = try design(subject(pool), crossFitted: false)
    let proof = design.proofs[0][0].test
    for splits in design.proofs {
      #expect(splits.count == 1)
      expectDivision(splits[0], of: pool)
      #expect(splits[0].test == proof)
    }
    for split in design.race {
      let used = Set(split.train + split.validation + split.test)
      #expect(used.isDisjoint(with: proof) && used.count + proof.count == pool.count)
      #expect(split.test == design.race[0].test)
    }
  }

  @Test("the limit bounds training samples and nothing else")
  func limited() throws {
    let full = try design(subject(Array(0..<1000)))
    let part = try design(subject(Array(0..<1000)), limit: 100)
    let pairs = zip(full.proofs.joined() + full.race, part.proofs.joined() + part.race)
    for (all, some) in pairs {
      #expect(some.train.count == 100 && Set(some.train).isSubset(of: all.train))
      #expect(some.validation == all.validation && some.test == all.test)
    }
  }

  @Test(
    "by time the latest samples prove, those before them choose, and nothing learns from later ones"
  )
  func chronological() throws {
    let design = try design(subject(Array(0..<1000), method: .chronological))
    let proof = design.proofs[0][0]
    #expect(design.proofs[0].count == 1)
    #expect((proof.train + proof.validation).max()! < proof.test.min()!)
    let race = design.race[0]
    #expect((race.train + race.validation).max()! < race.test.min()!)
    #expect(race.test.max()! < proof.test.min()!)
  }

  private func expectDivision(_ split: Split, of pool: [Int]) {
    let parts = [Set(split.train), Set(split.validation), Set(split.test)]
    #expect(parts[0].isDisjoint(with: parts[1]) && parts[0].isDisjoint(with: parts[2]))
    #expect(parts[1].isDisjoint(with: parts[2]))
    #expect(parts.reduce(0) { $0 + $1.count } == pool.count)
  }
}
