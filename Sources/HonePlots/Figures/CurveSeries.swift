import HoneRecords

/// The points of a run's curves, ready to be drawn.
struct CurveSeries {
  typealias Points = [(epoch: Int, value: Double)]

  let trainMode: Points
  let trainEvaluation: Points
  let validation: Points
  private let errors: [Int: Double]
  private let bestEpoch: Int?
  private let format: String

  init(_ evidence: RunEvidence, _ measure: CurveMeasure) {
    let epochs = evidence.epochs.sorted { $0.epoch < $1.epoch }
    func points(_ value: (EpochRecord) -> Double?) -> Points {
      epochs.compactMap { epoch in value(epoch).map { (epoch.epoch, $0) } }
    }
    switch measure {
    case .loss:
      trainMode = points { $0.trainLoss }
      trainEvaluation = points { $0.trainEvaluationLoss }
      validation = points { $0.validationLoss }
    case .metric:
      trainMode = points { $0.trainMetric }
      trainEvaluation = points { $0.trainEvaluationMetric }
      validation = points { $0.validationMetric }
    }
    var errors: [Int: Double] = [:]
    for epoch in epochs {
      let error = measure == .loss ? epoch.validationLossError : epoch.validationMetricError
      if let error, error.isFinite { errors[epoch.epoch] = error }
    }
    self.errors = errors
    bestEpoch = evidence.run.best?.epoch
    let isFraction = evidence.run.task.kind != .regression && measure == .metric
    format = isFraction ? ".2%" : ".4~g"
  }

  /// A line through points.
  func line(_ points: Points, _ name: String, _ line: Line) -> Trace {
    var trace = Trace(
      .scatter, name: name, x: .integers(points.map(\.epoch)), y: .numbers(points.map(\.value)))
    trace.mode = points.count == 1 ? "lines+markers" : "lines"
    trace.line = line
    trace.hoverTemplate = "%{y:\(format)}"
    return trace
  }

  /// 1.96 standard errors on both sides of validation, where they were recorded.
  func band() -> Trace? {
    let points = validation.filter { errors[$0.epoch] != nil && $0.value.isFinite }
    guard points.count > 1 else { return nil }
    let upper = points.map { $0.value + 1.96 * (errors[$0.epoch] ?? 0) }
    let lower = points.map { $0.value - 1.96 * (errors[$0.epoch] ?? 0) }
    var trace = Trace(
      .scatter, x: .integers(points.map(\.epoch) + points.map(\.epoch).reversed()),
      y: .numbers(upper + lower.reversed()))
    trace.mode = "lines"
    trace.fill = "toself"
    trace.fillColor = Palette.blueBand
    trace.line = Line(width: 0)
    trace.hoverInfo = "skip"
    trace.showLegend = false
    return trace
  }

  /// A ring around validation at the epoch whose weights were kept.
  func bestMarker(_ name: String) -> Trace? {
    guard let point = validation.first(where: { $0.epoch == bestEpoch }) else { return nil }
    var trace = Trace(
      .scatter, name: name, x: .integers([point.epoch]), y: .numbers([point.value]))
    trace.mode = "markers"
    trace.marker = Marker(
      color: "rgba(0,0,0,0)", size: 13, symbol: "circle",
      line: Line(color: Palette.blue, width: 2.5))
    trace.hoverInfo = "skip"
    return trace
  }
}
