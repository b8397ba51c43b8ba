import Foundation

/// How much one quantity says about another, in nats, estimated as scikit-learn estimates it.
package enum MutualInformation {
  private static let neighbors = 3

  /// Of two names, by their frequencies.
  package static func ofNames(_ first: [Int], _ second: [Int]) -> Double {
    var joint: [SIMD2<Int>: Double] = [:]
    var (left, right): ([Int: Double], [Int: Double]) = ([:], [:])
    for pair in zip(first, second) {
      joint[SIMD2(pair.0, pair.1), default: 0] += 1
      left[pair.0, default: 0] += 1
      right[pair.1, default: 0] += 1
    }
    let total = Double(max(1, first.count))
    // In a fixed order, so that the sum is the same each time.
    let keys = joint.keys.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    let sum = keys.reduce(0.0) { sum, key in
      let count = joint[key] ?? 0
      let expected = (left[key.x] ?? 1) * (right[key.y] ?? 1) / total
      return sum + count / total * log(count / expected)
    }
    return max(0, sum)
  }

  /// Of a number and a name, by the distances to the nearest numbers of the same name (Ross 2014).
  package static func ofNumbers(_ values: [Double], names: [Int]) -> Double {
    let members = Dictionary(grouping: names.indices) { names[$0] }.filter { $0.value.count > 1 }
    let included = members.values.reduce(0) { $0 + $1.count }
    guard included > 0 else { return 0 }
    let sorted = members.values.flatMap { $0.map { values[$0] } }.sorted()
    var (neighborTerm, sizeTerm, countTerm) = (0.0, 0.0, 0.0)
    for name in members.keys.sorted() {
      let own = (members[name] ?? []).map { values[$0] }.sorted()
      let wanted = min(neighbors, own.count - 1)
      for place in own.indices {
        // All numbers strictly nearer than the last wanted one of the name, itself included.
        let radius = max(0, distance(toNeighbor: wanted, of: place, in: own).nextDown)
        let near = count(sorted, around: own[place], radius: radius)
        countTerm += digamma(Double(max(1, near)))
      }
      neighborTerm += Double(own.count) * digamma(Double(wanted))
      sizeTerm += Double(own.count) * digamma(Double(own.count))
    }
    let total = Double(included)
    return max(0, digamma(total) + (neighborTerm - sizeTerm - countTerm) / total)
  }

  /// Of two numbers, by the distances to nearest points in both (Kraskov, Stögbauer and Grassberger
  /// 2004), each brought to a standard deviation of 1.
  ///
  /// Costs the square of their count.
  package static func ofNumbers(_ first: [Double], _ second: [Double]) -> Double {
    let (x, y) = (standardized(first), standardized(second))
    let (sortedX, sortedY) = (x.sorted(), y.sorted())
    let wanted = min(neighbors, x.count - 1)
    guard wanted > 0 else { return 0 }
    var sum = 0.0
    for place in x.indices {
      var nearest = [Double](repeating: .infinity, count: wanted)
      for other in x.indices where other != place {
        let distance = max(abs(x[place] - x[other]), abs(y[place] - y[other]))
        guard distance < nearest[wanted - 1] else { continue }
        let rank = nearest.firstIndex { distance < $0 } ?? wanted - 1
        nearest.insert(distance, at: rank)
        nearest.removeLast()
      }
      let radius = max(0, nearest[wanted - 1].nextDown)
      let nearX = count(sortedX, around: x[place], radius: radius)
      let nearY = count(sortedY, around: y[place], radius: radius)
      sum += digamma(Double(max(1, nearX))) + digamma(Double(max(1, nearY)))
    }
    let total = Double(x.count)
    return max(0, digamma(total) + digamma(Double(wanted)) - sum / total)
  }

  private static func standardized(_ values: [Double]) -> [Double] {
    let mean = values.mean()
    let variance = values.map { ($0 - mean) * ($0 - mean) }.mean()
    return variance > 0 ? values.map { $0 / variance.squareRoot() } : values
  }

  /// The distance to the nearest numbers but so many minus one, in a sorted list.
  private static func distance(
    toNeighbor wanted: Int, of place: Int, in sorted: [Double]
  ) -> Double {
    var (low, high) = (place, place)
    var distance = 0.0
    for _ in 0..<wanted {
      let below = low > 0 ? sorted[place] - sorted[low - 1] : .infinity
      let above = high + 1 < sorted.count ? sorted[high + 1] - sorted[place] : .infinity
      if below <= above {
        low -= 1
        distance = below
      } else {
        high += 1
        distance = above
      }
    }
    return distance
  }

  /// Compares distances, not ends, because an end may round to the number beyond it.
  private static func count(_ sorted: [Double], around center: Double, radius: Double) -> Int {
    func first(_ isBefore: (Double) -> Bool) -> Int {
      var (low, high) = (0, sorted.count)
      while low < high {
        let middle = (low + high) / 2
        if isBefore(sorted[middle]) { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return first { $0 - center <= radius } - first { center - $0 > radius }
  }

  /// The derivative of the logarithm of the gamma function of a positive number: the recurrence up to 10,
  /// then the asymptotic series (Abramowitz and Stegun 6.3.18).
  package static func digamma(_ x: Double) -> Double {
    var (shifted, sum) = (x, 0.0)
    while shifted < 10 {
      sum -= 1 / shifted
      shifted += 1
    }
    let square = 1 / (shifted * shifted)
    let coefficients: [Double] = [
      1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32_760, 1.0 / 12,
    ]
    let series = coefficients.reversed().reduce(0) { $0 * square + $1 } * square
    return sum + log(shifted) - 0.5 / shifted - series
  }
}
