import HoneRecords

/// The JSON of `hone evaluate`.
public struct EvaluateOutput: Encodable, Sendable, Equatable {
  let run: String
  let split: String
  let samples: Int
  let metricName: String
  @OrNull var loss: Double?
  @OrNull var metric: Double?
  @OrNull var interval: [Double]?
  let metrics: [String: OrNull<Double>]
  let classes: [EvaluationReport.ClassResult]
  let confusion: [[Int]]
  @OrNull var calibrationError: Double?
  let worst: [EvaluationReport.WorstSample]
  @OrNull var epoch: Int?
  @OrNull var checkpoint: String?
  let curvature: CurvatureRecord?
  let ensemble: EnsembleReport?

  /// The JSON of an evaluation.
  public init(_ report: EvaluationReport) {
    let record = report.evaluation
    run = report.run.id
    split = record.split
    samples = record.samples
    metricName = report.run.metric
    _loss = OrNull(wrappedValue: record.loss)
    _metric = OrNull(wrappedValue: record.metric)
    _interval = OrNull(wrappedValue: finiteOrNil(record.interval))
    metrics = record.metrics.mapValues { OrNull(wrappedValue: $0) }
    classes = report.classes
    confusion = record.confusion
    _calibrationError = OrNull(wrappedValue: report.calibrationError)
    worst = report.worst
    curvature = report.curvature
    ensemble = report.ensemble
    _checkpoint = OrNull(wrappedValue: report.run.checkpoint)
    _epoch = OrNull(wrappedValue: record.epoch)
  }
}
