import Foundation
import HoneNumerics

/// A mixture of products of kernels, one product for each of some trials and one broad one for what
/// is known before any (Bergstra and others, NeurIPS 2011; Watanabe, arXiv 2304.11127).
struct ParzenMixture: Sendable {
  enum Dimension: Sendable {
    /// Normal kernels cut at the interval's ends: a column of them.
    case continuous(column: Int)
    /// The same, of which each value takes the mass of its cell; with the log of the kernel's mass.
    case stepped(centers: [Double], widths: [Double], logMasses: [Double])
    /// The trial's choice and the log probabilities of it, of any other, and of the broad kernel.
    case categorical(choices: [Int], hit: Double, miss: Double, count: Int)
  }

  let axes: [Axis]
  let dimensions: [Dimension]
  let normals: NormalKernels
  /// The kernels' weights, which sum to 1; the broad kernel is the last.
  let weights: [Double]
  /// The log of what the continuous kernels are divided by, with the opposite sign.
  let logScales: [Double]
  private let cumulative: [Double]

  /// The weights of so many trials, the oldest first: the newest 25 count fully, the others the less
  /// the older they are.
  static func recencyWeights(_ count: Int) -> [Double] {
    guard count >= 25 else { return [Double](repeating: 1, count: count) }
    let ramp = count - 25
    let start = 1 / Double(count)
    return (0..<count).map { index in
      guard index < ramp else { return 1 }
      return ramp == 1 ? start : start + (1 - start) * Double(index) / Double(ramp - 1)
    }
  }

  /// The mixture of some rows of a table.
  /// - Parameters:
  ///   - parameters: the columns that it is over.
  ///   - positions: the kernel of each row, by trial number; negative for rows that are left out.
  ///   - count: how many rows take part.
  ///   - isUniform: whether all trials count alike, instead of the newest most.
  init(
    _ table: TrialTable, _ parameters: [Int], positions: [Int], count: Int, isUniform: Bool = false
  ) {
    let kernels = count + 1
    var weights =
      isUniform
      ? [Double](repeating: 1, count: count) : ParzenMixture.recencyWeights(count)
    weights.append(1)
    let total = weights.reduce(0, +)
    for index in weights.indices { weights[index] /= total }
    var logScales = [Double](repeating: 0, count: kernels)
    var divisors = [Double](repeating: 1, count: kernels)
    var pending = 0
    var normals = NormalKernels(count: kernels, most: parameters.count)
    axes = parameters.map { table.axes[$0] }
    dimensions = parameters.enumerated().map { place, parameter in
      let axis = table.axes[parameter]
      let column = table.columns[parameter]
      if case .categorical(let choices) = axis.kind {
        return ParzenMixture.categorical(column, positions, count, choices)
      }
      var centers = [Double](repeating: (axis.lower + axis.upper) / 2, count: kernels)
      var widths = [Double](repeating: axis.upper - axis.lower, count: kernels)
      ParzenMixture.place(
        table.sorted[parameter], column, positions, count, axis, &centers, &widths)
      let inverseWidths = widths.map { 1 / $0 }
      let masses = ParzenMixture.masses(centers, inverseWidths, axis)
      if case .stepped = axis.kind {
        return .stepped(centers: centers, widths: widths, logMasses: masses.map { log($0) })
      }
      for index in 0..<kernels { divisors[index] *= widths[index] * masses[index] }
      pending += 1
      // A product of many small widths would leave the range of numbers.
      if pending % 8 == 0 { ParzenMixture.flush(&divisors, &logScales) }
      return .continuous(
        column: normals.append(place, centers: centers, inverseWidths: inverseWidths))
    }
    self.normals = normals
    ParzenMixture.flush(&divisors, &logScales)
    let constant = 0.5 * log(2 * Double.pi) * Double(pending)
    for index in 0..<kernels { logScales[index] -= constant }
    self.weights = weights
    self.logScales = logScales
    var sum = 0.0
    cumulative = weights.map {
      sum += $0
      return sum
    }
  }

  private static func flush(_ divisors: inout [Double], _ logScales: inout [Double]) {
    for index in divisors.indices {
      logScales[index] -= log(divisors[index])
      divisors[index] = 1
    }
  }

  /// Centers at the trials; widths by the larger gap to the neighbors, neither too narrow for the
  /// number of kernels nor wider than the interval.
  private static func place(
    _ sorted: [Int], _ column: [Double], _ positions: [Int], _ count: Int, _ axis: Axis,
    _ centers: inout [Double], _ widths: inout [Double]
  ) {
    guard count > 0 else { return }
    let span = axis.upper - axis.lower
    let narrowest = span / Double(min(100, 2 + count))
    var previous = -1
    var before = axis.lower
    var left = 0.0
    for row in sorted {
      let kernel = positions[row]
      guard kernel >= 0 else { continue }
      let center = column[row]
      centers[kernel] = center
      let gap = center - before
      if previous >= 0 {
        let widest = left > gap ? left : gap
        let width = widest > narrowest ? widest : narrowest
        widths[previous] = width < span ? width : span
        left = gap
      } else {
        // The first has no trial to its left: with several trials only the right gap counts.
        left = count > 1 ? 0 : gap
      }
      previous = kernel
      before = center
    }
    guard previous >= 0 else { return }
    let last = count > 1 ? left : max(left, axis.upper - before)
    widths[previous] = min(max(last, narrowest), span)
  }

  /// The share of each kernel that lies within the interval.
  private static func masses(
    _ centers: [Double], _ inverseWidths: [Double], _ axis: Axis
  ) -> [Double] {
    NormalTable.withFunction { cumulative in
      var result = [Double](repeating: 1, count: centers.count)
      for index in centers.indices {
        let center = centers[index]
        let inverse = inverseWidths[index]
        let (lower, upper) = ((axis.lower - center) * inverse, (axis.upper - center) * inverse)
        // Far from both ends nothing is cut off.
        guard lower > -NormalTable.limit || upper < NormalTable.limit else { continue }
        result[index] = cumulative(upper) - cumulative(lower)
      }
      return result
    }
  }

  private static func categorical(
    _ column: [Double], _ positions: [Int], _ count: Int, _ choices: Int
  ) -> Dimension {
    var taken = [Int](repeating: 0, count: count)
    for (row, kernel) in positions.enumerated() where kernel >= 0 {
      taken[kernel] = Int(column[row])
    }
    let kernels = Double(count + 1)
    let sum = 1 + Double(choices) / kernels
    return .categorical(
      choices: taken, hit: log((1 + 1 / kernels) / sum), miss: log(1 / kernels / sum),
      count: choices)
  }

  /// A point of the mixture, in transformed numbers that exist.
  func sample(_ stream: inout RandomStream) -> [Double] {
    let draw = stream.uniform() * (cumulative.last ?? 1)
    let kernel = min(cumulative.partition { $0 <= draw }, weights.count - 1)
    return dimensions.indices.map { index in
      let axis = axes[index]
      switch dimensions[index] {
      case .continuous(let column):
        return cut(normals.center(column, kernel), normals.width(column, kernel), axis, &stream)
      case .stepped(let centers, let widths, _):
        return axis.snapped(cut(centers[kernel], widths[kernel], axis, &stream))
      case .categorical(let choices, let hit, let miss, let count):
        // The broad kernel stands behind the trials'.
        guard kernel < choices.count else { return Double(stream.index(below: count)) }
        var draw = stream.uniform()
        for choice in 0..<count {
          draw -= exp(choice == choices[kernel] ? hit : miss)
          if draw < 0 { return Double(choice) }
        }
        return Double(choices[kernel])
      }
    }
  }

  /// A normal number between the ends, by drawing until one lies there: a center between the ends
  /// and a width of at most the interval leave at least a third of them.
  private func cut(
    _ center: Double, _ width: Double, _ axis: Axis, _ stream: inout RandomStream
  ) -> Double {
    for _ in 0..<200 {
      let value = center + width * stream.normal()
      if value >= axis.lower, value <= axis.upper { return value }
    }
    return min(max(center, axis.lower), axis.upper)
  }
}
