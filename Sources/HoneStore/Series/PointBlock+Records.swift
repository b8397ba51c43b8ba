import HoneRecords

extension PointBlock {
  /// The name of the series of sampled steps; those of a program's own metrics begin with `metric:`.
  static let stepSeries = "steps"

  /// The name of a metric's series.
  static func series(ofMetric name: String) -> String { "metric:\(name)" }

  /// The metric of a series' name; nil for that of steps.
  static func metric(ofSeries series: String) -> String? {
    series.hasPrefix("metric:") ? String(series.dropFirst("metric:".count)) : nil
  }

  /// Sampled steps.
  init(_ records: [StepRecord]) {
    self.init(
      steps: records.map(\.step),
      columns: [
        records.map { Double($0.epoch) }, records.map(\.loss), records.map(\.learningRate),
        records.map(\.gradientNorm), records.map(\.updateRatio),
      ])
  }

  /// The sampled steps of this block.
  /// - Throws: `Damaged` where it is a block of something else.
  func stepRecords() throws -> [StepRecord] {
    guard columns.count == 5 else { throw Damaged() }
    return try steps.indices.map { index in
      guard let epoch = columns[0][index].flatMap(Int.init(exactly:)),
        let loss = columns[1][index], let rate = columns[2][index]
      else { throw Damaged() }
      return StepRecord(
        step: steps[index], epoch: epoch, loss: loss, learningRate: rate,
        gradientNorm: columns[3][index], updateRatio: columns[4][index])
    }
  }

  /// Values of a metric.
  init(_ points: [MetricPoint]) {
    self.init(
      steps: points.map(\.step), columns: [points.map(\.value), points.map(\.seconds)])
  }

  /// The values of this block.
  /// - Throws: `Damaged` where it is a block of something else.
  func metricPoints() throws -> [MetricPoint] {
    guard columns.count == 2 else { throw Damaged() }
    return try steps.indices.map { index in
      guard let value = columns[0][index] else { throw Damaged() }
      return MetricPoint(step: steps[index], value: value, seconds: columns[1][index])
    }
  }

  /// Blocks of a series as one, in the order of steps; of points of the same number the later block's
  /// counts.
  static func merged(_ blocks: [PointBlock]) throws -> PointBlock {
    guard let width = blocks.first?.columns.count else { return PointBlock() }
    guard blocks.allSatisfy({ $0.columns.count == width }) else { throw Damaged() }
    var places: [Int: (block: Int, index: Int)] = [:]
    for (number, block) in blocks.enumerated() {
      for (index, step) in block.steps.enumerated() { places[step] = (number, index) }
    }
    let order = places.sorted { $0.key < $1.key }
    return PointBlock(
      steps: order.map(\.key),
      columns: (0..<width).map { column in
        order.map { blocks[$0.value.block].columns[column][$0.value.index] }
      })
  }
}
