import Foundation
import HoneNumerics

/// Finds the most promising point: many evenly spread ones, then the best of them climbed from, in
/// turn along the continuous dimensions together and along each discrete one.
struct AcquisitionSearch {
  let model: AcquisitionModel
  let axes: [Axis]
  private let spread = 2048
  private let starts = 10
  private let rounds = 20

  init(model: AcquisitionModel, axes: [Axis]) {
    self.model = model
    self.axes = axes
  }

  /// The best point: fractions of ranges, and indices of choices.
  func best(_ trial: TrialKey) -> [Double] {
    var stream = trial.stream("gp")
    var points = evenPoints(stream.nextSeed())
    points.append(model.known[0])
    let values = model.values(points)
    var chosen: [Int] = []
    if let top = values.indices.max(by: { values[$0] < values[$1] }) { chosen.append(top) }
    chosen.append(points.count - 1)
    let largest = values.max() ?? 0
    var weights = values.map { exp($0 - largest) }
    for index in chosen { weights[index] = 0 }
    while chosen.count < starts, let index = draw(&weights, &stream) { chosen.append(index) }
    var best: (point: [Double], value: Double)?
    for index in chosen where values[index].isFinite {
      let climbed = climb(points[index], values[index])
      if climbed.value > (best?.value ?? -.infinity) { best = climbed }
    }
    return best?.point ?? points[0]
  }

  private func draw(_ weights: inout [Double], _ stream: inout RandomStream) -> Int? {
    let total = weights.reduce(0, +)
    guard total > 0 else { return nil }
    var rest = stream.uniform() * total
    for index in weights.indices where weights[index] > 0 {
      rest -= weights[index]
      if rest <= 0 {
        weights[index] = 0
        return index
      }
    }
    return nil
  }

  private func evenPoints(_ seed: UInt64) -> [[Double]] {
    let dimension = min(axes.count, SobolSequence.maximumDimension)
    let sequence = SobolSequence(dimension: dimension, scramble: seed)
    var stream = RandomStream(seed: seed, "spread")
    return (0..<spread).map { index in
      var point = sequence.point(index)
      while point.count < axes.count { point.append(stream.uniform()) }
      return snapped(
        axes.indices.map { axes[$0].isCategorical ? point[$0] * axes[$0].upper : point[$0] })
    }
  }

  private func snapped(_ point: [Double]) -> [Double] {
    axes.indices.map { index in
      let axis = axes[index]
      switch axis.kind {
      case .continuous: return min(max(point[index], 0), 1)
      case .categorical: return axis.snapped(point[index])
      case .stepped:
        let coordinate = axis.lower + point[index] * (axis.upper - axis.lower)
        return axis.fraction(axis.snapped(coordinate))
      }
    }
  }

  private func climb(_ start: [Double], _ value: Double) -> (point: [Double], value: Double) {
    var point = start
    var value = value
    let discrete = axes.indices.filter { axes[$0].kind != .continuous }
    for _ in 0..<rounds {
      let before = value
      climbContinuous(&point, &value)
      for index in discrete { climbDiscrete(index, &point, &value) }
      if value - before < 1e-4 || discrete.isEmpty { break }
    }
    return (point, value)
  }

  /// Moves are measured in length scales, so that all dimensions curve alike.
  private func climbContinuous(_ point: inout [Double], _ value: inout Double) {
    let free = axes.indices.filter { axes[$0].kind == .continuous }
    guard !free.isEmpty else { return }
    let scales = free.map { model.lengthScales[$0] }
    let minimizer = BoxMinimizer(
      lower: free.map { _ in 0 }, upper: scales.map { 1 / $0 }, iterations: 60,
      gradientTolerance: 1e-4)
    var probe = point
    let found = minimizer.minimize(
      from: zip(free, scales).map { point[$0] / $1 }
    ) { moved in
      for (place, index) in free.enumerated() { probe[index] = moved[place] * scales[place] }
      let (value, gradient) = model.valueWithGradient(probe)
      return (-value, zip(free, scales).map { -gradient[$0] * $1 })
    }
    guard -found.value > value else { return }
    value = -found.value
    for (place, index) in free.enumerated() {
      point[index] = min(max(found.point[place] * scales[place], 0), 1)
    }
  }

  /// All values of a dimension where they are few, else 64 of them and the neighbors.
  private func climbDiscrete(_ index: Int, _ point: inout [Double], _ value: inout Double) {
    let candidates: [Double]
    switch axes[index].kind {
    case .continuous: return
    case .categorical(let count): candidates = (0..<count).map(Double.init)
    case .stepped(_, _, let count):
      let values = min(count, 64)
      candidates =
        (0..<values).map { (Double($0) + 0.5) / Double(values) } + neighbors(index, point)
    }
    let probes = candidates.map { candidate in
      var probe = point
      probe[index] = candidate
      return snapped(probe)
    }
    let found = model.values(probes)
    for (probe, score) in zip(probes, found) where score > value {
      point = probe
      value = score
    }
  }

  private func neighbors(_ index: Int, _ point: [Double]) -> [Double] {
    guard case .stepped(let first, let step, let count) = axes[index].kind, count > 64 else {
      return []
    }
    let axis = axes[index]
    let raw = axis.scale.restored(axis.lower + point[index] * (axis.upper - axis.lower))
    return [-4, -2, -1, 1, 2, 4].map { move in
      let value = min(max(raw + move * step, first), first + Double(count - 1) * step)
      return axis.fraction(axis.scale.transformed(value))
    }
  }
}
