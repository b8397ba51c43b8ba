import Foundation
import HoneNumerics
import HoneRecords
import HoneText
import Testing

@testable import HoneData

@Suite struct SplitTests {
  /// A table of one column with so many rows of each class.
  private func dataset(_ counts: [Int], groups: [Int]? = nil) -> Dataset {
    let labels = counts.enumerated().flatMap { [Int32](repeating: Int32($0), count: $1) }
    let table = TableSamples(
      columns: [TableSamples.Column(name: "a", levels: nil)],
      values: labels.indices.map { Double($0) }, lines: Array(labels.indices))
    return Dataset(
      source: "made", labels: .classes(counts.indices.map { "c\($0)" }, labels),
      samples: .table(table), groups: groups, fingerprint: "", reading: DataOptions())
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
