import HoneTensor

/// The last steps s and changes of the gradient y, and the inverse Hessian that they imply, applied
/// without forming it: the two-loop recursion (Nocedal 1980; Nocedal and Wright 2006, algorithm 7.4).
struct CurvaturePairs {
  struct Pair {
    let step: Tensor
    let change: Tensor
    /// 1 / yᵀs.
    let density: Double
  }

  /// How many pairs are kept.
  let capacity: Int
  private(set) var pairs: [Pair] = []
  /// The multiple of the identity that the estimate starts from: sᵀy / yᵀy of the last pair.
  private(set) var scale = 1.0

  init(capacity: Int) { self.capacity = capacity }

  init(capacity: Int, pairs: [Pair], scale: Double) {
    self.capacity = capacity
    self.pairs = pairs
    self.scale = scale
  }

  /// Adds a pair whose curvature is above a bound, and drops the oldest where there are too many.
  mutating func add(step: Tensor, change: Tensor, above bound: Double) {
    let curvature = change.inner(step)
    guard curvature > bound, curvature.isFinite else { return }
    if pairs.count == capacity { pairs.removeFirst() }
    pairs.append(Pair(step: step, change: change, density: 1 / curvature))
    scale = curvature / change.inner(change)
  }

  /// -H g.
  func direction(against gradient: Tensor) -> Tensor {
    var result = gradient.scaled(by: -1)
    var shares: [Double] = []
    for pair in pairs.reversed() {
      let share = pair.step.inner(result) * pair.density
      shares.append(share)
      result = result.adding(pair.change, times: -share)
    }
    result = result.scaled(by: scale)
    for (pair, share) in zip(pairs, shares.reversed()) {
      let other = pair.change.inner(result) * pair.density
      result = result.adding(pair.step, times: share - other)
    }
    return result
  }
}
