/// Samples in the order of time, in pieces that are not to be torn: samples of one moment, or groups.
struct TimeOrder {
  /// Earliest first.
  let pieces: [[Int]]

  init(_ dataset: Dataset, pool: [Int]) {
    let times = dataset.times ?? (0..<dataset.count).map { Double($0) }
    if let groups = dataset.groups {
      let members = Dictionary(grouping: pool) { groups[$0] }
      let last = members.mapValues { $0.map { times[$0] }.max() ?? 0 }
      let keys = members.keys.sorted { (last[$0] ?? 0, $0) < (last[$1] ?? 0, $1) }
      pieces = keys.map { (members[$0] ?? []).sorted { (times[$0], $0) < (times[$1], $1) } }
      return
    }
    var pieces: [[Int]] = []
    for sample in pool.sorted(by: { (times[$0], $0) < (times[$1], $1) }) {
      if let moment = pieces.last?.first, times[moment] == times[sample] {
        pieces[pieces.count - 1].append(sample)
      } else {
        pieces.append([sample])
      }
    }
    self.pieces = pieces
  }

  /// Takes about `count` samples from the end; at least one piece stays behind.
  func latest(_ count: Int) -> (drawn: [Int], rest: [Int]) {
    var taken = 0
    var first = pieces.count
    while first > 1, abs(taken + pieces[first - 1].count - count) <= abs(taken - count) {
      first -= 1
      taken += pieces[first].count
    }
    return (pieces[first...].flatMap { $0 }.sorted(), pieces[..<first].flatMap { $0 }.sorted())
  }
}
