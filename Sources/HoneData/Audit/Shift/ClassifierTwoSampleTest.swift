import HoneNumerics

/// Whether a classifier can tell two samples apart better than by guessing (Lopez-Paz and Oquab 2017,
/// arXiv 1610.06545): a logistic regression learns from half of each and is judged by the other half.
struct ClassifierTwoSampleTest {
  /// Fewer samples of either kind say too little.
  private static let fewestSamples = 60
  /// More are not needed.
  private static let mostSamples = 1_000
  private static let mostLevels = 12
  private static let mostTelling = 12

  /// The share of held-out samples that it tells right.
  let accuracy: Double
  /// The probability that guessing does as well.
  let pValue: Double
  /// Held-out samples of the second kind that it is surest of.
  let telling: [Int]

  /// Nil where there are too few samples or nothing to tell them apart by.
  init?(facts: SampleFacts, first: [Int], second: [Int], seed: UInt64, name: String) {
    let count = min(first.count, second.count, Self.mostSamples) / 2 * 2
    guard count >= Self.fewestSamples else { return nil }
    var stream = RandomStream(seed: seed, "classifier of \(name)")
    let chosen = [first, second].map { samples in
      stream.permutation(samples.count).prefix(count).map { samples[$0] }
    }
    let half = count / 2
    let learned = chosen.flatMap { $0.prefix(half) }
    let judged = chosen.flatMap { $0.suffix(half) }
    let rows = Self.rows(of: facts, learned: learned, judged: judged)
    guard let width = rows.learned.first?.count, width > 0 else { return nil }
    let truth = (0..<(2 * half)).map { $0 >= half }
    let model = LogisticRegression(
      rows.learned, isPositive: truth, ridge: 1 + 0.02 * Double(2 * half))
    let scores = rows.judged.map(model.score)
    let right = zip(scores, truth).count { ($0 > 0) == $1 }
    accuracy = Double(right) / Double(2 * half)
    let guesses = BinomialDistribution(trials: 2 * half, probability: 0.5)
    pValue = 1 - guesses.cumulative(right - 1)
    let sure = (half..<(2 * half)).filter { scores[$0] > 0 }.sorted {
      (scores[$1], $0) < (scores[$0], $1)
    }
    telling = sure.prefix(Self.mostTelling).map { judged[$0] }
  }

  /// Measures, levels and features on one scale, that of the samples learned from.
  private static func rows(
    of facts: SampleFacts, learned: [Int], judged: [Int]
  ) -> (learned: [[Double]], judged: [[Double]]) {
    var columns: [(Int) -> Double] = facts.measures.map { measure in { measure.values[$0] } }
    for kind in facts.kinds {
      let levels = Set(learned.compactMap { kind.values[$0] }).sorted().prefix(mostLevels)
      for level in levels { columns.append { kind.values[$0] == level ? 1 : 0 } }
    }
    let width = learned.map { facts.features.isEmpty ? 0 : facts.features[$0].count }.min()
    for feature in 0..<(width ?? 0) {
      columns.append {
        facts.features[$0].count > feature ? Double(facts.features[$0][feature]) : .nan
      }
    }
    var first = [[Double]](repeating: [], count: learned.count)
    var second = [[Double]](repeating: [], count: judged.count)
    for column in columns {
      let values = learned.map(column)
      let known = values.filter(\.isFinite)
      guard known.count > 1 else { continue }
      let (middle, mean) = (known.median(), known.mean())
      let deviation = known.standardDeviation()
      guard deviation > 1e-12 * max(1, abs(mean)) else { continue }
      // Heavy tails must not outweigh everything else.
      func scaled(_ value: Double) -> Double {
        min(4, max(-4, ((value.isFinite ? value : middle) - mean) / deviation))
      }
      for (place, value) in values.enumerated() { first[place].append(scaled(value)) }
      for (place, sample) in judged.enumerated() { second[place].append(scaled(column(sample))) }
    }
    return (first, second)
  }
}
