import Foundation
import HoneNumerics
import HoneRecords

/// The processes of objective and constraints, and how promising a point is under them.
struct AcquisitionModel {
  let isChoice: [Bool]
  /// The points that the model knows, the best first.
  let known: [[Double]]
  private let objective: GaussianProcess
  private let constraints: [(process: GaussianProcess, threshold: Double)]
  /// The largest standardized value that keeps the constraints; nil where none does.
  private let best: Double?

  init?(_ history: SearchHistory, _ parameters: [Int], maximum: Int) {
    let table = history.table
    let rows = AcquisitionModel.rows(table, maximum)
    let isChoice = parameters.map { table.axes[$0].isCategorical }
    let points = rows.map { AcquisitionModel.point(table, parameters, $0) }
    let worst = rows.filter { table.ranks[$0].tier == 0 }.map { -table.losses[$0][0] }.min() ?? 0
    let raw = rows.map { row -> Double in
      // What ran out of memory has no value: the worst stands in.
      table.losses[row].first.map { -$0 } ?? worst
    }
    let values = AcquisitionModel.standardized(raw)
    let kernel = KernelFit(points: points, values: values, isChoice: isChoice).kernel()
    guard
      let process = AcquisitionModel.process(
        kernel, points, values, history, parameters)
    else { return nil }
    self.isChoice = isChoice
    known = points
    objective = process
    best = zip(rows, values).filter { table.ranks[$0.0].tier == 0 }.map(\.1).max()
    constraints = AcquisitionModel.constraints(history, rows, points, isChoice)
  }

  /// The best half and the newest of what the model may hold.
  private static func rows(_ table: TrialTable, _ maximum: Int) -> [Int] {
    let usable = table.ranking.filter {
      table.ranks[$0].tier == 0 || table.ranks[$0].tier == 3
    }
    guard usable.count > maximum else { return usable }
    var kept = Set(usable.prefix(maximum / 2))
    for row in usable.sorted(by: { table.numbers[$0] > table.numbers[$1] }) {
      if kept.count >= maximum { break }
      kept.insert(row)
    }
    return usable.filter(kept.contains)
  }

  private static func point(_ table: TrialTable, _ parameters: [Int], _ row: Int) -> [Double] {
    parameters.map { index in
      let axis = table.axes[index]
      let value = table.columns[index][row]
      if axis.isCategorical { return value.isNaN ? -1 : value }
      return value.isNaN ? 0.5 : axis.fraction(value)
    }
  }

  /// Mean 0 and deviation 1, infinities moved to the outermost finite values.
  static func standardized(_ values: [Double]) -> [Double] {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return values.map { _ in 0 } }
    let bounded = values.map { min(max($0, low), high) }
    let mean = bounded.mean()
    var square = 0.0
    for value in bounded { square += (value - mean) * (value - mean) }
    let deviation = max((square / Double(bounded.count)).squareRoot(), 1e-10)
    return bounded.map { ($0 - mean) / deviation }
  }

  /// The process of the values, with running trials at their expected values.
  private static func process(
    _ kernel: MaternKernel, _ points: [[Double]], _ values: [Double], _ history: SearchHistory,
    _ parameters: [Int]
  ) -> GaussianProcess? {
    guard let process = GaussianProcess(kernel, points: points, values: values) else { return nil }
    guard !history.running.isEmpty else { return process }
    var table = TrialTable(space: history.space, objectives: history.objectives)
    for trial in history.running { table.append(running: trial) }
    let pending = table.numbers.indices.map { point(table, parameters, $0) }
    return GaussianProcess(
      kernel, points: points + pending,
      values: values + process.predict(batch: pending).map(\.mean))
  }

  private static func constraints(
    _ history: SearchHistory, _ rows: [Int], _ points: [[Double]], _ isChoice: [Bool]
  ) -> [(process: GaussianProcess, threshold: Double)] {
    let byNumber = Dictionary(
      history.finished.map { ($0.number, $0.constraints) }, uniquingKeysWith: { first, _ in first })
    let values = rows.map { byNumber[history.table.numbers[$0]] ?? [] }
    let count = values.map(\.count).max() ?? 0
    return (0..<count).compactMap { index in
      let known = values.indices.filter { values[$0].count > index && values[$0][index].isFinite }
      guard known.count > 2 else { return nil }
      let raw = known.map { -values[$0][index] }
      let mean = raw.mean()
      let deviation = max(raw.map { ($0 - mean) * ($0 - mean) }.mean().squareRoot(), 1e-10)
      let standard = raw.map { ($0 - mean) / deviation }
      let there = known.map { points[$0] }
      let kernel = KernelFit(points: there, values: standard, isChoice: isChoice).kernel()
      // Kept where the raw value is at least zero.
      return GaussianProcess(kernel, points: there, values: standard)
        .map { ($0, -mean / deviation) }
    }
  }

  /// How promising points are.
  func values(_ points: [[Double]]) -> [Double] {
    var result = [Double](repeating: 0, count: points.count)
    if let best {
      for (index, (mean, variance)) in objective.predict(batch: points).enumerated() {
        result[index] +=
          ExpectedImprovement.logarithm(
            mean: mean, deviation: variance.squareRoot(), best: best
          ).value
      }
    }
    for (process, threshold) in constraints {
      for (index, (mean, variance)) in process.predict(batch: points).enumerated() {
        result[index] +=
          ExpectedImprovement.logProbability(
            mean: mean - threshold, deviation: variance.squareRoot()
          ).value
      }
    }
    return result
  }

  /// How promising a point is, and the gradient by the dimensions that are no choices.
  func valueWithGradient(_ point: [Double]) -> (value: Double, gradient: [Double]) {
    var total = 0.0
    var gradient = [Double](repeating: 0, count: point.count)
    func add(
      _ process: GaussianProcess,
      _ score: (_ mean: Double, _ deviation: Double) -> (Double, Double, Double)
    ) {
      let (mean, variance, byMean, byVariance) = process.predictWithGradient(point)
      let deviation = variance.squareRoot()
      let (value, meanSlope, deviationSlope) = score(mean, deviation)
      total += value
      for d in point.indices {
        gradient[d] += meanSlope * byMean[d] + deviationSlope * byVariance[d] / (2 * deviation)
      }
    }
    if let best {
      add(objective) { ExpectedImprovement.logarithm(mean: $0, deviation: $1, best: best) }
    }
    for (process, threshold) in constraints {
      add(process) { ExpectedImprovement.logProbability(mean: $0 - threshold, deviation: $1) }
    }
    return (total, gradient)
  }

  /// The length scales of the objective, by which moves are measured.
  var lengthScales: [Double] { objective.kernel.inverseSquares.map { 1 / $0.squareRoot() } }
}
