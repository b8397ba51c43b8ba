import HoneNumerics
import HoneRecords

/// The layers of a data set that every split must hold in proportion: classes, tenths of the
/// targets, or groups that must not be torn.
struct Strata {
  private static let targetLayers = 10
  /// The layer of each sample.
  private let layers: [Int]
  private let groups: [Int]?

  init(_ dataset: Dataset) {
    groups = dataset.groups
    guard dataset.task == .regression else {
      layers = dataset.labels.map { Int($0) }
      return
    }
    let order = dataset.targets.indices.sorted {
      (dataset.targets[$0], $0) < (dataset.targets[$1], $1)
    }
    var layers = [Int](repeating: 0, count: dataset.count)
    for (rank, sample) in order.enumerated() {
      layers[sample] = rank * Strata.targetLayers / max(1, order.count)
    }
    self.layers = layers
  }

  /// Draws `count` samples and returns them and the rest, both ascending.
  func draw(
    _ count: Int, from pool: [Int], seed: UInt64, purpose: String
  ) -> (drawn: [Int], rest: [Int]) {
    guard count > 0, count <= pool.count else { return ([], pool) }
    let drawn =
      groups.map { drawGroups(count, from: pool, groups: $0, seed: seed, purpose: purpose) }
      ?? drawLayers(count, from: pool, seed: seed, purpose: purpose)
    let chosen = Set(drawn)
    return (drawn.sorted(), pool.filter { !chosen.contains($0) })
  }

  /// Folds of equal size, to within a sample of each other in every layer.
  func folds(_ count: Int, of pool: [Int], seed: UInt64) -> [[Int]] {
    var folds = [[Int]](repeating: [], count: count)
    if let groups {
      for unit in shuffledGroups(pool, groups: groups, seed: seed, purpose: "folds") {
        let smallest = folds.indices.min { folds[$0].count < folds[$1].count } ?? 0
        folds[smallest] += unit
      }
    } else {
      var next = 0
      for members in shuffledLayers(pool, seed: seed, purpose: "folds") {
        for member in members {
          folds[next % count].append(member)
          next += 1
        }
      }
    }
    return folds.map { $0.sorted() }
  }

  private func shuffledLayers(_ pool: [Int], seed: UInt64, purpose: String) -> [[Int]] {
    let members = Dictionary(grouping: pool) { layers[$0] }
    return members.keys.sorted().map { layer in
      var stream = RandomStream(seed: seed, purpose, layer)
      let samples = members[layer] ?? []
      return stream.permutation(samples.count).map { samples[$0] }
    }
  }

  /// Largest remainders: each layer gives its whole share, the layers that lose most by rounding
  /// give one more.
  private func drawLayers(
    _ count: Int, from pool: [Int], seed: UInt64, purpose: String
  ) -> [Int] {
    let members = shuffledLayers(pool, seed: seed, purpose: purpose)
    let exact = members.map { Double($0.count) * Double(count) / Double(pool.count) }
    var shares = exact.map { Int($0) }
    let order = exact.indices.sorted {
      (exact[$1] - exact[$1].rounded(.down), $0) < (exact[$0] - exact[$0].rounded(.down), $1)
    }
    for index in order.prefix(count - shares.reduce(0, +)) { shares[index] += 1 }
    return zip(members, shares).flatMap { $0.prefix($1) }
  }

  private func shuffledGroups(
    _ pool: [Int], groups: [Int], seed: UInt64, purpose: String
  ) -> [[Int]] {
    let members = Dictionary(grouping: pool) { groups[$0] }
    let keys = members.keys.sorted()
    var stream = RandomStream(seed: seed, purpose)
    return stream.permutation(keys.count).map { members[keys[$0]] ?? [] }
  }

  /// Whole groups until the count is reached or as nearly as they allow.
  private func drawGroups(
    _ count: Int, from pool: [Int], groups: [Int], seed: UInt64, purpose: String
  ) -> [Int] {
    var drawn: [Int] = []
    for unit in shuffledGroups(pool, groups: groups, seed: seed, purpose: purpose) {
      if abs(drawn.count + unit.count - count) < abs(drawn.count - count) { drawn += unit }
    }
    return drawn
  }
}
