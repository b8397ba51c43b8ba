import Foundation
import HoneNumerics

extension ParzenMixture {
  /// Kernels are worked through in blocks that stay in the first cache.
  private static var blockSize: Int { 512 }

  /// The logarithm of the density at each point, in transformed numbers; of stepped parameters and
  /// choices the mass.
  func logDensities(_ points: [[Double]]) -> [Double] {
    let kernels = weights.count
    let columns = normals.parameters.count
    let places = points.flatMap { point in normals.parameters.map { point[$0] } }
    let isNormal = columns == dimensions.count
    var sums = [Double](repeating: 0, count: points.count)
    var logs = [Double](repeating: 0, count: ParzenMixture.blockSize)
    for start in stride(from: 0, to: kernels, by: ParzenMixture.blockSize) {
      let end = min(start + ParzenMixture.blockSize, kernels)
      // Masses are a point's own; without them all points share what the kernels begin with.
      for group in isNormal ? [points.indices] : points.indices.map({ $0..<($0 + 1) }) {
        logs.replaceSubrange(0..<(end - start), with: logScales[start..<end])
        if !isNormal { addMasses(&logs, start, end, points[group.lowerBound]) }
        normals.addWeightedSums(
          logs, weights, start..<end,
          at: places[(group.lowerBound * columns)..<(group.upperBound * columns)],
          to: &sums[group])
      }
    }
    return sums.map { log($0) }
  }

  /// Adds the log of each kernel's product at a point, but for continuous parameters.
  private func addMasses(_ logs: inout [Double], _ start: Int, _ end: Int, _ point: [Double]) {
    for index in dimensions.indices {
      let x = point[index]
      switch dimensions[index] {
      case .continuous: continue
      case .stepped(let centers, let widths, let logMasses):
        let cell = axes[index].cell(x)
        for k in start..<end {
          let mass = ParzenMixture.mass(
            (cell.lower - centers[k]) / widths[k], (cell.upper - centers[k]) / widths[k])
          logs[k - start] += log(mass) - logMasses[k]
        }
      case .categorical(let choices, let hit, let miss, let count):
        let broad = -log(Double(count))
        for k in start..<end {
          logs[k - start] += k == choices.count ? broad : choices[k] == Int(x) ? hit : miss
        }
      }
    }
  }

  /// The mass of an interval, taken in the tail where it is exact.
  private static func mass(_ lower: Double, _ upper: Double) -> Double {
    let mass =
      lower > 0
      ? NormalDistribution.cumulative(-lower) - NormalDistribution.cumulative(-upper)
      : NormalDistribution.cumulative(upper) - NormalDistribution.cumulative(lower)
    return max(mass, 1e-300)
  }
}
