import HoneNumerics

/// Groups that must not be torn, divided so that every part holds the classes in proportion.
///
/// Whole groups cannot be divided exactly in proportion. For folds those whose classes are most uneven
/// are placed first, each where it disturbs the proportions least, as scikit-learn's
/// `StratifiedGroupKFold` does.
struct GroupStrata {
  /// The samples of each group, in the order drawn.
  private let members: [[Int]]
  /// Samples of each layer in each group, in the same order.
  private let counts: [[Double]]
  /// Samples of each layer in all groups.
  private let totals: [Double]
  /// Places of the groups, the most uneven first.
  private let unevenFirst: [Int]

  /// - Parameters:
  ///   - pool: the samples to divide.
  ///   - groups: the group of each sample of the data.
  ///   - layers: the class, or tenth of the targets, of each sample of the data; all 0 to divide by
  ///     size alone.
  ///   - stream: draws the order of the groups; nil keeps that of their numbers.
  init(_ pool: [Int], groups: [Int], layers: [Int], stream: RandomStream?) {
    let byGroup = Dictionary(grouping: pool) { groups[$0] }
    let kinds = Set(pool.map { layers[$0] }).sorted()
    let places = Dictionary(uniqueKeysWithValues: kinds.enumerated().map { ($1, $0) })
    var keys = byGroup.keys.sorted()
    if var stream { keys = stream.permutation(keys.count).map { keys[$0] } }
    func count(_ key: Int) -> [Double] {
      var counted = [Double](repeating: 0, count: kinds.count)
      for sample in byGroup[key] ?? [] { counted[places[layers[sample]] ?? 0] += 1 }
      return counted
    }
    let counted = keys.map(count)
    let spreads = counted.map(Self.spread)
    // Equal spreads keep their order.
    unevenFirst = keys.indices.sorted { (spreads[$1], $0) < (spreads[$0], $1) }
    members = keys.map { byGroup[$0] ?? [] }
    counts = counted
    totals = kinds.indices.map { kind in counted.reduce(0) { $0 + $1[kind] } }
  }

  /// Folds of whole groups.
  func folds(_ count: Int) -> [[Int]] {
    var folds = [[Int]](repeating: [], count: count)
    var held = [[Double]](repeating: [Double](repeating: 0, count: totals.count), count: count)
    for (group, counted) in unevenFirst.map({ (members[$0], counts[$0]) }) {
      let best = bestFold(for: counted, held: held, sizes: folds.map(\.count))
      for kind in totals.indices { held[best][kind] += counted[kind] }
      folds[best] += group
    }
    return folds
  }

  /// Groups of about so many samples, in proportion.
  func draw(_ count: Int) -> [Int] {
    let whole = totals.reduce(0, +)
    guard whole > 0 else { return [] }
    let wanted = totals.map { $0 * Double(count) / whole }
    var held = [Double](repeating: 0, count: totals.count)
    var drawn: [Int] = []
    func distance(_ counts: [Double]) -> Double {
      zip(zip(counts, wanted), totals).reduce(0) { sum, entry in
        let gap = (entry.0.0 - entry.0.1) / entry.1.squareRoot()
        return sum + gap * gap
      }
    }
    var current = distance(held)
    for (group, counted) in zip(members, counts) {
      let candidate = zip(held, counted).map { $0 + $1 }
      let next = distance(candidate)
      guard next < current else { continue }
      held = candidate
      current = next
      drawn += group
    }
    return drawn
  }

  /// The fold whose growth leaves the shares of classes most even over folds; of equal ones the
  /// smallest, then the first.
  private func bestFold(for counted: [Double], held: [[Double]], sizes: [Int]) -> Int {
    var best = 0
    var smallest = Double.infinity
    for fold in held.indices {
      var sum = 0.0
      for kind in totals.indices {
        let column = held.indices.map { other in
          (held[other][kind] + (other == fold ? counted[kind] : 0)) / totals[kind]
        }
        sum += Self.spread(column)
      }
      let mean = sum / Double(max(1, totals.count))
      // Nearly the same counts as the same, as NumPy's isclose has it.
      let isEven = abs(mean - smallest) <= 1e-8 + 1e-5 * smallest
      if mean < smallest || (isEven && sizes[fold] < sizes[best]) {
        best = fold
        smallest = mean
      }
    }
    return best
  }

  private static func spread(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(max(1, values.count))
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(max(1, values.count))).squareRoot()
  }
}
