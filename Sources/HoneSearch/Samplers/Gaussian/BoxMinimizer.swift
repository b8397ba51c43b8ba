/// Finds a low point of a smooth function in a box: limited-memory BFGS (Nocedal 1980) on the
/// variables that are not held by a bound, with the step cut at the bounds (Bertsekas 1982).
struct BoxMinimizer {
  let lower: [Double]
  let upper: [Double]
  var iterations = 100
  /// The largest move that the gradient asks for within the box at which the search ends.
  var gradientTolerance = 1e-4
  private let memory = 8

  init(lower: [Double], upper: [Double], iterations: Int = 100, gradientTolerance: Double = 1e-4) {
    self.lower = lower
    self.upper = upper
    self.iterations = iterations
    self.gradientTolerance = gradientTolerance
  }

  /// The best point found from a start, and its value.
  func minimize(
    from start: [Double], _ function: ([Double]) -> (value: Double, gradient: [Double])
  ) -> (point: [Double], value: Double) {
    var point = clipped(start)
    var (value, gradient) = function(point)
    var pairs: [(s: [Double], y: [Double], rho: Double)] = []
    for _ in 0..<iterations {
      guard value.isFinite else { break }
      let free = point.indices.map { isFree($0, point, gradient) }
      var largest = 0.0
      for index in point.indices where free[index] { largest = max(largest, abs(gradient[index])) }
      if largest <= gradientTolerance { break }
      var direction = step(gradient, free, pairs)
      var slope = dot(direction, gradient)
      if !(slope < 0) {
        pairs = []
        direction = step(gradient, free, pairs)
        slope = dot(direction, gradient)
      }
      guard let next = search(point, value, direction, slope, pairs.isEmpty, function) else {
        if pairs.isEmpty { break }
        pairs = []
        continue
      }
      let s = zip(next.point, point).map { $0 - $1 }
      let y = zip(next.gradient, gradient).map { $0 - $1 }
      let curvature = dot(s, y)
      if curvature > 1e-10 * dot(y, y) {
        pairs.append((s, y, 1 / curvature))
        if pairs.count > memory { pairs.removeFirst() }
      }
      let gain = value - next.value
      (point, value, gradient) = next
      if gain < 1e-10 * max(1, abs(value)) { break }
    }
    return (point, value)
  }

  private func isFree(_ index: Int, _ point: [Double], _ gradient: [Double]) -> Bool {
    if point[index] <= lower[index] { return gradient[index] < 0 }
    if point[index] >= upper[index] { return gradient[index] > 0 }
    return true
  }

  /// The quasi-Newton direction by the two-loop recursion, over the free variables.
  private func step(
    _ gradient: [Double], _ free: [Bool], _ pairs: [(s: [Double], y: [Double], rho: Double)]
  ) -> [Double] {
    var q = gradient.indices.map { free[$0] ? gradient[$0] : 0 }
    var factors = [Double](repeating: 0, count: pairs.count)
    for index in pairs.indices.reversed() {
      factors[index] = pairs[index].rho * dot(pairs[index].s, q)
      for k in q.indices { q[k] -= factors[index] * pairs[index].y[k] }
    }
    if let last = pairs.last {
      let scale = 1 / (last.rho * dot(last.y, last.y))
      for k in q.indices { q[k] *= scale }
    }
    for (index, pair) in pairs.enumerated() {
      let factor = factors[index] - pair.rho * dot(pair.y, q)
      for k in q.indices { q[k] += factor * pair.s[k] }
    }
    return q.indices.map { free[$0] ? -q[$0] : 0 }
  }

  /// Halves the step until the value falls enough.
  private func search(
    _ point: [Double], _ value: Double, _ direction: [Double], _ slope: Double, _ isFirst: Bool,
    _ function: ([Double]) -> (value: Double, gradient: [Double])
  ) -> (point: [Double], value: Double, gradient: [Double])? {
    var length = 1.0
    if isFirst {
      // Without curvature the gradient's size says nothing: begin with a tenth of the box.
      let widest = zip(lower, upper).map { $1 - $0 }.max() ?? 1
      let size = direction.map { abs($0) }.max() ?? 1
      length = min(1, 0.1 * widest / max(size, 1e-300))
    }
    for _ in 0..<25 {
      let next = clipped(point.indices.map { point[$0] + length * direction[$0] })
      let (nextValue, gradient) = function(next)
      var expected = 0.0
      for index in point.indices where next[index] != point[index] {
        expected += (next[index] - point[index]) / length * direction[index]
      }
      let descent = min(slope * length * 1e-4, 0)
      if nextValue.isFinite, nextValue <= value + descent, expected > 0 {
        return (next, nextValue, gradient)
      }
      length /= 2
    }
    return nil
  }

  private func clipped(_ point: [Double]) -> [Double] {
    point.indices.map { min(max(point[$0], lower[$0]), upper[$0]) }
  }

  private func dot(_ first: [Double], _ second: [Double]) -> Double {
    var sum = 0.0
    for index in first.indices { sum += first[index] * second[index] }
    return sum
  }
}
