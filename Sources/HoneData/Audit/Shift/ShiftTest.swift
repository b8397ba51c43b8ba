import HoneNumerics

/// How far a split differs from the training split in one property.
public struct ShiftResult: Sendable, Codable, Equatable {
  /// The split that was held against `reference`: `validation` or `test`.
  public var split: String
  /// What was compared: a property of images, a column, `class`, `classifier`, or what a model makes of
  /// samples.
  public var property: String
  /// The size of the difference, 0...1: the distance of Kolmogorov and Smirnov, Cramér's V, or twice
  /// the accuracy above one half that a classifier reaches in telling the splits apart.
  public var size: Double
  /// The p-value of the one test.
  public var pValue: Double
  /// The p-value with all tests of the audit taken into account (Holm 1979).
  public var adjusted: Double
  /// The median of numbers in the training split and in the other; nil for names.
  public var medians: [Double]?
  /// The split that it was held against; nil for the training split.
  public var reference: String?
  /// Samples of `split` that show the difference most clearly, where facts of the data do not.
  public var telling: [Int]?

  /// Properties that stand for a classifier.
  static let classifiers: Set<String> = ["classifier", "model features"]

  /// The splits in words: `test`, `test against validation`.
  var pair: String { reference.map { "\(split) against \($0)" } ?? split }
}

/// Compares splits property by property and by a classifier, as one family of tests.
struct ShiftTest {
  /// Larger splits are compared by so many samples: more would find differences of no consequence.
  private static let mostSamples = 2_000
  /// Smaller splits are not compared.
  private static let fewestSamples = 20
  private static let mostTelling = 12
  /// Names that occur less often in both splits together count as one.
  private static let fewestOfAKind = 10

  let facts: SampleFacts
  let groups: [Int]?
  let seed: UInt64
  var model: ModelView?

  /// All results, with p-values that hold together.
  func results(_ split: Split) -> [ShiftResult] {
    var results: [ShiftResult] = []
    let train = independent(split.train, "train")
    for (name, part) in [("validation", split.validation), ("test", split.test)] {
      let other = independent(part, name)
      guard min(train.count, other.count) >= Self.fewestSamples else { continue }
      results += facts.measures.compactMap { compare($0, train, other, name) }
      results += facts.kinds.map { compare($0, train, other, name) }
      if let result = classify(facts, train, other, name, as: "classifier") {
        results.append(result)
      }
    }
    if let model { results += self.results(model) }
    let adjusted = MultipleComparisons.holm(results.map(\.pValue))
    return zip(results, adjusted).map { result, pValue in
      var result = result
      result.adjusted = pValue
      return result
    }
  }

  /// Test against validation by what a model makes of them: both are new to it.
  private func results(_ model: ModelView) -> [ShiftResult] {
    let first = independent(model.validation, "model's validation")
    let second = independent(model.test, "model's test")
    guard min(first.count, second.count) >= Self.fewestSamples else { return [] }
    let count = (model.validation + model.test).max().map { $0 + 1 } ?? 0
    let facts = model.facts(samples: count, seed: seed)
    var results = facts.measures.compactMap { measure in
      compare(measure, first, second, "test").map { result in
        var result = result
        result.telling = farthest(second, measure, result)
        return result
      }
    }
    results += facts.kinds.map { compare($0, first, second, "test") }
    // The classifier sees the features alone: what the outputs say is tested already.
    var bare = facts
    (bare.measures, bare.kinds) = ([], [])
    if let result = classify(bare, first, second, "test", as: "model features") {
      results.append(result)
    }
    return results.map { result in
      var result = result
      result.reference = "validation"
      return result
    }
  }

  /// The samples that lie farthest on the side to which a split is shifted.
  private func farthest(
    _ samples: [Int], _ measure: SampleFacts.Measure, _ result: ShiftResult
  ) -> [Int] {
    guard let medians = result.medians else { return [] }
    let sign: Double = medians[1] >= medians[0] ? 1 : -1
    return Array(
      samples.filter { measure.values[$0].isFinite }.sorted {
        (sign * measure.values[$1], $0) < (sign * measure.values[$0], $1)
      }.prefix(Self.mostTelling))
  }

  private func classify(
    _ facts: SampleFacts, _ first: [Int], _ second: [Int], _ name: String, as property: String
  ) -> ShiftResult? {
    guard
      let classified = ClassifierTwoSampleTest(
        facts: facts, first: first, second: second, seed: seed, name: name)
    else { return nil }
    var result = ShiftResult(
      split: name, property: property, size: max(0, 2 * classified.accuracy - 1),
      pValue: classified.pValue, adjusted: 1)
    result.telling = classified.telling
    return result
  }

  /// At most so many samples; of a group only one, because its samples are not independent.
  private func independent(_ part: [Int], _ name: String) -> [Int] {
    var stream = RandomStream(seed: seed, "shift of \(name)")
    var samples = part
    if let groups {
      var seen: Set<Int> = []
      samples = stream.permutation(part.count).map { part[$0] }
        .filter { seen.insert(groups[$0]).inserted }
    }
    guard samples.count > Self.mostSamples else { return samples }
    return stream.permutation(samples.count).prefix(Self.mostSamples).map { samples[$0] }
  }

  private func compare(
    _ measure: SampleFacts.Measure, _ train: [Int], _ other: [Int], _ name: String
  ) -> ShiftResult? {
    let first = train.map { measure.values[$0] }.filter(\.isFinite)
    let second = other.map { measure.values[$0] }.filter(\.isFinite)
    guard min(first.count, second.count) >= Self.fewestSamples else { return nil }
    let test = KolmogorovSmirnovTest(first, second)
    return ShiftResult(
      split: name, property: measure.name, size: test.statistic, pValue: test.pValue, adjusted: 1,
      medians: [first.median(), second.median()])
  }

  private func compare(
    _ kind: SampleFacts.Kind, _ train: [Int], _ other: [Int], _ name: String
  ) -> ShiftResult {
    var counts: [Int: [Int]] = [:]
    for (side, samples) in [train, other].enumerated() {
      for case let value? in samples.map({ kind.values[$0] }) {
        counts[value, default: [0, 0]][side] += 1
      }
    }
    var columns: [[Int]] = []
    var rare = [0, 0]
    for key in counts.keys.sorted() {
      let pair = counts[key] ?? [0, 0]
      // A fair share of the smaller split must be some five for the test to hold.
      let smaller = Double(min(train.count, other.count)) / Double(train.count + other.count)
      let expected = Double(pair[0] + pair[1]) * smaller
      if expected < 5 || pair[0] + pair[1] < Self.fewestOfAKind {
        rare = [rare[0] + pair[0], rare[1] + pair[1]]
      } else {
        columns.append(pair)
      }
    }
    if rare[0] + rare[1] >= Self.fewestOfAKind { columns.append(rare) }
    let test = ContingencyTest([columns.map { $0[0] }, columns.map { $0[1] }])
    return ShiftResult(
      split: name, property: kind.name, size: test.cramersV, pValue: test.pValue, adjusted: 1)
  }
}
