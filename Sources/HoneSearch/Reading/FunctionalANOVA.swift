import HoneNumerics

extension ImportanceTable {
  private static let trees = 32

  /// The share of the forest's variance over the whole space that each parameter alone explains.
  ///
  /// A missing value stands outside its range.
  func fANOVA(_ rows: [Int], _ stream: inout RandomStream) -> [Double] {
    let points = rows.map { row in
      axes.indices.map { index -> Double in
        let value = columns[index][row]
        return value.isNaN ? -0.01 : axes[index].fraction(value)
      }
    }
    let values = rows.map { losses[$0] }
    var sums = [Double](repeating: 0, count: axes.count)
    for _ in 0..<ImportanceTable.trees {
      let sample = rows.indices.map { _ in stream.index(below: rows.count) }
      let tree = RegressionTree(
        sample.map { points[$0] }, sample.map { values[$0] }, dimension: axes.count)
      for (index, share) in tree.shares.enumerated() { sums[index] += share }
    }
    return sums.map { $0 / Double(ImportanceTable.trees) }
  }
}

/// A regression tree over the unit box, and how its variance divides among the dimensions.
struct RegressionTree {
  private struct Leaf {
    let lower: [Double]
    let upper: [Double]
    let value: Double
  }

  private var leaves: [Leaf] = []
  private let dimension: Int

  /// A tree grown until a leaf has one value or one point.
  init(_ points: [[Double]], _ values: [Double], dimension: Int) {
    self.dimension = dimension
    var pending = [
      (
        rows: Array(points.indices), lower: [Double](repeating: 0, count: dimension),
        upper: [Double](repeating: 1, count: dimension)
      )
    ]
    while let (rows, lower, upper) = pending.popLast() {
      guard let split = RegressionTree.split(rows, points, values, dimension) else {
        let mean = rows.reduce(0) { $0 + values[$1] } / Double(rows.count)
        leaves.append(Leaf(lower: lower, upper: upper, value: mean))
        continue
      }
      let place = min(max(split.place, lower[split.dimension]), upper[split.dimension])
      var middle = upper
      middle[split.dimension] = place
      pending.append((rows.filter { points[$0][split.dimension] <= split.place }, lower, middle))
      middle = lower
      middle[split.dimension] = place
      pending.append((rows.filter { points[$0][split.dimension] > split.place }, middle, upper))
    }
  }

  /// The cut that leaves the least square error; nil where nothing can be gained.
  private static func split(
    _ rows: [Int], _ points: [[Double]], _ values: [Double], _ dimension: Int
  ) -> (dimension: Int, place: Double)? {
    guard rows.count >= 2 else { return nil }
    let total = rows.reduce(0) { $0 + values[$1] }
    let count = Double(rows.count)
    var best: (gain: Double, dimension: Int, place: Double)?
    for d in 0..<dimension {
      let order = rows.sorted { points[$0][d] < points[$1][d] }
      var left = 0.0
      for place in 1..<order.count {
        left += values[order[place - 1]]
        let (before, after) = (points[order[place - 1]][d], points[order[place]][d])
        guard after > before else { continue }
        let n = Double(place)
        let right = total - left
        let gain = left * left / n + right * right / (count - n) - total * total / count
        if gain > (best?.gain ?? 1e-12 * max(1, total * total / count)) {
          best = (gain, d, (before + after) / 2)
        }
      }
    }
    return best.map { ($0.dimension, $0.place) }
  }

  private func volume(_ leaf: Leaf, without dimension: Int? = nil) -> Double {
    var volume = 1.0
    for d in leaf.lower.indices where d != dimension { volume *= leaf.upper[d] - leaf.lower[d] }
    return volume
  }

  /// The share of the variance that each dimension alone explains; zeros for a constant tree.
  var shares: [Double] {
    var mean = 0.0
    for leaf in leaves { mean += volume(leaf) * leaf.value }
    var variance = 0.0
    for leaf in leaves { variance += volume(leaf) * (leaf.value - mean) * (leaf.value - mean) }
    guard variance > 0 else { return [Double](repeating: 0, count: dimension) }
    return (0..<dimension).map { d in
      let cuts = Set(leaves.flatMap { [$0.lower[d], $0.upper[d]] }).sorted()
      var explained = 0.0
      for (low, high) in zip(cuts, cuts.dropFirst()) {
        var marginal = 0.0
        for leaf in leaves where leaf.lower[d] <= low && leaf.upper[d] >= high {
          marginal += volume(leaf, without: d) * leaf.value
        }
        explained += (high - low) * (marginal - mean) * (marginal - mean)
      }
      return explained / variance
    }
  }
}
