/// Orders points of several objectives, all to be made small.
enum NondominatedRanking {
  /// Whether the first point is nowhere worse and somewhere better.
  static func dominates(_ first: [Double], _ second: [Double]) -> Bool {
    var isBetter = false
    for (a, b) in zip(first, second) {
      if a > b { return false }
      if a < b { isBetter = true }
    }
    return isBetter
  }

  /// The fronts, each of the points that only earlier ones dominate (Deb and others 2002).
  static func fronts(_ points: [[Double]]) -> [[Int]] {
    var dominated = points.map { _ in [Int]() }
    var count = [Int](repeating: 0, count: points.count)
    for first in points.indices {
      for second in points.indices where first < second {
        if dominates(points[first], points[second]) {
          dominated[first].append(second)
          count[second] += 1
        } else if dominates(points[second], points[first]) {
          dominated[second].append(first)
          count[first] += 1
        }
      }
    }
    var fronts: [[Int]] = []
    var front = points.indices.filter { count[$0] == 0 }
    while !front.isEmpty {
      fronts.append(front)
      var next: [Int] = []
      for index in front {
        for other in dominated[index] {
          count[other] -= 1
          if count[other] == 0 { next.append(other) }
        }
      }
      front = next.sorted()
    }
    return fronts
  }

  /// How much room each point of a front has: the mean side of the box that its neighbors span.
  static func crowding(_ front: [Int], _ points: [[Double]]) -> [Double] {
    var distances = [Double](repeating: 0, count: front.count)
    guard let width = points.first?.count else { return distances }
    for objective in 0..<width {
      let order = front.indices.sorted {
        let (a, b) = (points[front[$0]][objective], points[front[$1]][objective])
        return a != b ? a < b : $0 < $1
      }
      guard let first = order.first, let last = order.last else { continue }
      let span = points[front[last]][objective] - points[front[first]][objective]
      distances[first] = .infinity
      distances[last] = .infinity
      guard span > 0, span.isFinite, order.count > 2 else { continue }
      for place in 1..<(order.count - 1) {
        let gap =
          points[front[order[place + 1]]][objective] - points[front[order[place - 1]]][objective]
        distances[order[place]] += gap / span
      }
    }
    return distances
  }

  /// All points, the best first: by front, within a front those with more room first.
  static func order(_ points: [[Double]]) -> [Int] {
    fronts(points).flatMap { front in
      let room = crowding(front, points)
      return front.indices.sorted { room[$0] != room[$1] ? room[$0] > room[$1] : $0 < $1 }
        .map { front[$0] }
    }
  }
}

extension SearchHistory {
  /// The rows of a table's trials with an outcome, the best first, of one objective or several.
  func ranking(of table: TrialTable) -> [Int] {
    guard objectives.count > 1 else { return table.ranking }
    let complete = table.ranking.filter { table.ranks[$0].tier == 0 }
    let rest = table.ranking.filter { table.ranks[$0].tier != 0 }
    return NondominatedRanking.order(complete.map { table.losses[$0] }).map { complete[$0] } + rest
  }
}
