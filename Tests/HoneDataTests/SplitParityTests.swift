import Foundation
import HoneNumerics
import HoneRecords
import Testing

@testable import HoneData

/// Splits beside scikit-learn's on the same labels, groups and times.
@Suite struct SplitParityTests {
  private struct Reference: Decodable {
    struct Stratified: Decodable { let counts: [Int], folds: Int, foldCounts: [[Int]] }
    struct Sizes: Decodable { let samples, folds: Int, sizes: [Int] }
    struct Held: Decodable { let counts: [Int], size: Int, heldCounts: [Int] }
    struct Grouped: Decodable { let labels, groups: [Int], folds: Int, foldOf: [Int] }
    struct Timed: Decodable {
      struct Fold: Decodable { let train, validation: [Int] }
      let samples, folds, gap: Int
      let splits: [Fold]
    }
    let stratified: [Stratified]
    let sizes: [Sizes]
    let held: [Held]
    let grouped: [Grouped]
    let timed: [Timed]
  }

  private let reference: Reference

  init() throws {
    reference = try JSONDecoder().decode(
      Reference.self, from: Data(try Fixtures.bytes("splits.json")))
  }

  @Test("gives every fold as many samples of each class as StratifiedKFold")
  func stratifiedFolds() throws {
    for example in reference.stratified {
      let data = SplitData.made(example.counts)
      let folds = try Split.folds(example.folds, of: data, seed: 1)
      #expect(folds.map { data.classCounts(of: $0.validation) } == example.foldCounts)
    }
  }

  @Test("gives folds the sizes of KFold")
  func foldSizes() throws {
    for example in reference.sizes {
      let data = SplitData.made([example.samples - 4, 4])
      let folds = try Split.folds(example.folds, of: data, method: .shuffled, seed: 1)
      #expect(folds.map(\.validation.count) == example.sizes)
    }
  }

  @Test("holds out as many samples of each class as a stratified train_test_split")
  func heldCounts() throws {
    for example in reference.held {
      let data = SplitData.made(example.counts)
      let split = try Split.make(data, validation: .count(5), test: .count(example.size), seed: 4)
      #expect(data.classCounts(of: split.test) == example.heldCounts)
    }
  }

  @Test("places groups where StratifiedGroupKFold places them")
  func groupedFolds() {
    for example in reference.grouped {
      let folds = GroupStrata(
        Array(example.labels.indices), groups: example.groups, layers: example.labels, stream: nil
      ).folds(example.folds)
      var foldOf = [Int](repeating: -1, count: example.labels.count)
      for (fold, samples) in folds.enumerated() { for sample in samples { foldOf[sample] = fold } }
      #expect(foldOf == example.foldOf)
    }
  }

  @Test("cuts time as TimeSeriesSplit does")
  func timedFolds() throws {
    for example in reference.timed {
      let data = SplitData.made([example.samples - 2, 2])
      let folds = try Split.chronologicalFolds(example.folds, of: data, gap: example.gap)
      #expect(folds.map(\.train) == example.splits.map(\.train))
      #expect(folds.map(\.validation) == example.splits.map(\.validation))
    }
  }
}

/// Tables of one column with so many rows of each class.
enum SplitData {
  static func made(_ counts: [Int], groups: [Int]? = nil, times: [Double]? = nil) -> Dataset {
    let labels = counts.enumerated().flatMap { [Int32](repeating: Int32($0), count: $1) }
    let table = TableSamples(
      columns: [TableSamples.Column(name: "a", levels: nil)],
      values: labels.indices.map { Double($0) }, lines: Array(labels.indices))
    return Dataset(
      source: "made", labels: .classes(counts.indices.map { "c\($0)" }, labels),
      samples: .table(table), groups: groups, times: times, fingerprint: "",
      reading: DataOptions())
  }
}
