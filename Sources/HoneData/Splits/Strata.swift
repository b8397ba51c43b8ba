import HoneNumerics
import HoneRecords

/// The layers of a data set that every split must hold in proportion: classes, tenths of the
/// targets; and the groups that must not be torn.
struct Strata {
  private static let targetLayers = 10
  /// The layer of each sample.
  private let layers: [Int]
  private let groups: [Int]?

  /// - Parameter isStratified: whether classes or targets are kept in proportion at all.
  init(_ dataset: Dataset, isStratified: Bool = true) {
    groups = dataset.groups
    guard isStratified else {
      layers = [Int](repeating: 0, count: dataset.count)
      return
    }
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
      groups.map { groups in
        GroupStrata(
          pool, groups: groups, layers: layers, stream: RandomStream(seed: seed, purpose)
        ).draw(count)
      }
      ?? drawLayers(count, from: pool, seed: seed, purpose: purpose)
    let chosen = Set(drawn)
    return (drawn.sorted(), pool.filter { !chosen.contains($0) })
  }

  /// Folds of equal size, to within a sample of each other in every layer.
  func folds(_ count: Int, of pool: [Int], seed: UInt64, purpose: String) -> [[Int]] {
    if let groups {
      let stream = RandomStream(seed: seed, purpose)
      return GroupStrata(pool, groups: groups, layers: layers, stream: stream).folds(count)
        .map { $0.sorted() }
    }
    var folds = [[Int]](repeating: [], count: count)
    var next = 0
    for members in shuffledLayers(pool, seed: seed, purpose: purpose) {
      for member in members {
        folds[next % count].append(member)
        next += 1
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
}
