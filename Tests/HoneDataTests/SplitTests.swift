import Foundation
import HoneNumerics
import HoneRecords
import HoneText
import Testing

@testable import HoneData

@Suite struct SplitTests {
  private func dataset(_ counts: [Int], groups: [Int]? = nil, times: [Double]? = nil) -> Dataset {
    SplitData.made(counts, groups: groups, times: times)
  }

  @Test("is disjoint, complete and in proportion", arguments: 0..<20)
  func isProportional(seed: UInt64) throws {
    let data = dataset([200, 100, 37, 11])
    let split = try Split.make(data, validation: .fraction(0.15), test: .count(70), seed: seed)
    let all = split.train + split.validation + split.test
    #expect(all.sorted() == Array(0..<data.count))
    #expect(split.test.count == 70)
    #expect(split.validation.count == 42)
    for part in [split.validation, split.test] {
      for (counted, whole) in zip(data.classCounts(of: part), [200, 100, 37, 11]) {
        let share = Double(whole) * Double(part.count) / 348
        // One sample of rounding in each of the two draws.
        #expect(abs(Double(counted) - share) <= 2)
      }
    }
  }

  @Test("is the same for a seed and another for another seed")
  func followsSeed() throws {
    let data = dataset([50, 50])
    #expect(try Split.make(data, seed: 1) == Split.make(data, seed: 1))
    #expect(try Split.make(data, seed: 1) != Split.make(data, seed: 2))
  }

  @Test("keeps groups whole")
  func keepsGroups() throws {
    let groups = (0..<100).map { $0 % 23 }
    let data = dataset([50, 50], groups: groups)
    let split = try Split.make(data, validation: .fraction(0.2), seed: 3)
    let parts = [split.train, split.validation, split.test].map { Set($0.map { groups[$0] }) }
    #expect(parts[0].isDisjoint(with: parts[1]))
    #expect(parts[0].isDisjoint(with: parts[2]))
    #expect(parts[1].isDisjoint(with: parts[2]))
    #expect(parts.allSatisfy { !$0.isEmpty })
  }

  @Test("folds cover every sample once, each class in proportion", arguments: [2, 5, 7])
  func folds(count: Int) throws {
    let data = dataset([60, 35, 9])
    let folds = try Split.folds(count, of: data, seed: 5)
    #expect(folds.flatMap(\.validation).sorted() == Array(0..<data.count))
    for fold in folds {
      #expect((fold.train + fold.validation).sorted() == Array(0..<data.count))
      for (counted, whole) in zip(data.classCounts(of: fold.validation), [60, 35, 9]) {
        #expect(abs(counted - whole / count) <= 1)
      }
    }
  }

  @Test("is disjoint and complete by every method, for any data", arguments: 0..<30)
  func isPartition(seed: UInt64) throws {
    var stream = RandomStream(seed: seed, "split property")
    let counts = (0..<(2 + stream.index(below: 4))).map { _ in 20 + stream.index(below: 200) }
    let total = counts.reduce(0, +)
    let groups =
      stream.uniform() < 0.5 ? (0..<total).map { _ in stream.index(below: 30) } : nil
    let data = dataset(counts, groups: groups)
    for method in SplitMethod.allCases {
      let split = try Split.make(
        data, validation: .fraction(0.15), test: .fraction(0.2), method: method, seed: seed)
      #expect((split.train + split.validation + split.test).sorted() == Array(0..<total))
      for fold in try Split.folds(4, of: data, method: method, seed: seed) {
        #expect(Set(fold.train).isDisjoint(with: fold.validation))
      }
      guard let groups else { continue }
      let parts = [split.train, split.validation, split.test].map { Set($0.map { groups[$0] }) }
      #expect(parts[0].isDisjoint(with: parts[1].union(parts[2])))
      #expect(parts[1].isDisjoint(with: parts[2]))
    }
  }

  @Test("draws whole groups with the classes nearly in proportion", arguments: 0..<10)
  func stratifiesGroups(seed: UInt64) throws {
    // 60 groups, each of one class: a draw by size alone would often miss the third.
    let counts = [300, 240, 60]
    var stream = RandomStream(seed: seed, "groups of a class")
    var groups: [Int] = []
    for (label, count) in counts.enumerated() {
      for _ in 0..<count { groups.append(label * 20 + stream.index(below: 20)) }
    }
    let data = dataset(counts, groups: groups)
    let split = try Split.make(data, validation: .fraction(0.2), seed: seed)
    for part in [split.validation, split.test] {
      let share = Double(part.count) / 600
      for (counted, whole) in zip(data.classCounts(of: part), counts) {
        // A group is at most some 25 of the larger classes and some 8 of the smallest.
        #expect(abs(Double(counted) - share * Double(whole)) <= 25)
        #expect(counted > 0)
      }
    }
  }

  @Test("never learns from what comes after what it is judged by", arguments: 0..<10)
  func keepsTimeOrder(seed: UInt64) throws {
    var stream = RandomStream(seed: seed, "times")
    let times = (0..<200).map { _ in Double(stream.index(below: 60)) }
    let data = dataset([120, 80], times: times)
    let split = try Split.make(
      data, validation: .fraction(0.2), test: .count(30), method: .chronological, seed: seed)
    let (train, validation, test) = (
      split.train.map { times[$0] }, split.validation.map { times[$0] },
      split.test.map { times[$0] }
    )
    #expect(try #require(train.max()) < #require(validation.min()))
    #expect(try #require(validation.max()) < #require(test.min()))
    // A moment has some three samples.
    #expect(abs(test.count - 30) <= 5)
    for fold in try Split.folds(4, of: data, method: .chronological, seed: seed) {
      #expect(
        try #require(fold.train.map { times[$0] }.max())
          <= #require(fold.validation.map { times[$0] }.min()))
    }
  }

  @Test("repeats folds by other draws and nests them without leaks")
  func repeatsAndNests() throws {
    let data = dataset([60, 35, 9])
    let rounds = try Split.repeatedFolds(3, rounds: 2, of: data, seed: 5)
    #expect(rounds.count == 6)
    #expect(rounds[..<3].flatMap(\.validation).sorted() == Array(0..<104))
    #expect(rounds[3...].flatMap(\.validation).sorted() == Array(0..<104))
    #expect(rounds[0] != rounds[3])
    for nested in try Split.nested(outer: 4, inner: 3, of: data, seed: 5) {
      #expect(nested.inner.count == 3)
      for fold in nested.inner {
        #expect((fold.train + fold.validation).sorted() == nested.outer.train)
        #expect(Set(nested.outer.test).isDisjoint(with: fold.train + fold.validation))
      }
    }
  }

  @Test("one fold of a cross-validation keeps the test split away from all folds")
  func holdsTestOut() throws {
    let data = dataset([60, 40])
    let folds = try (0..<5).map { try Split.fold($0, of: 5, data, seed: 2) }
    #expect(Set(folds.map(\.test)).count == 1)
    #expect(folds[0].test.count == 20)
    #expect((folds.flatMap(\.validation) + folds[0].test).sorted() == Array(0..<100))
    #expect(try Split.fold(5, of: 5, data, seed: 2).validation != folds[0].validation)
  }

  @Test("takes 10,000 samples of a million, a share of fewer")
  func veryLarge() {
    #expect(Share.usual(0.1, of: 999_999) == .fraction(0.1))
    #expect(Share.usual(0.1, of: 1_000_000) == .count(10_000))
  }

  @Test("refuses splits that would be empty")
  func refusesEmpty() {
    let data = dataset([2, 2])
    guard
      case .tooFewSamples(part: "validation", count: 0, required: 1) = dataError({
        try Split.make(data, validation: .fraction(0.01), seed: 0)
      })
    else {
      Issue.record("an empty validation split was made")
      return
    }
  }

  @Test("reads shares from numbers")
  func readsShares() throws {
    let shares = try JSONDecoder().decode([Share].self, from: Data("[0.1, 500]".utf8))
    #expect(shares == [.fraction(0.1), .count(500)])
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode([Share].self, from: Data("[1.5]".utf8))
    }
  }
}
