import HoneNumerics
import HoneRecords
import HoneText

/// The runs of a cross-validation and what they say together.
struct CrossValidation {
  let id: String
  let folds: Int
  /// In the order of the folds, round after round; fewer than there are folds where one was stopped.
  let runs: [RunRecord]
  /// The number of runs there should be.
  let planned: Int

  /// The best validation metric of each run that has one.
  var values: [Double] {
    runs.compactMap { $0.best?.validationMetric }.filter(\.isFinite)
  }

  /// Mean and interval, where every fold gave a metric.
  var estimate: CrossValidationEstimate? {
    values.count == planned ? CrossValidationEstimate(values, folds: folds) : nil
  }

  /// The worst status of its runs.
  var status: RunStatus {
    let order: [RunStatus] = [.failed, .interrupted, .diverged, .running]
    return order.first { status in runs.contains { $0.status == status } } ?? .completed
  }

  func say(_ context: CommandContext) {
    guard let metric = runs.first?.metric else { return }
    context.say("")
    for (index, run) in runs.enumerated() {
      let value = run.best?.validationMetric.map { decimal($0) } ?? "-"
      context.say(
        Localized(
          "fold \(index): \(metric) \(value), run \(run.id) \(run.status.rawValue)",
          korean: "겹 \(index): \(metric) \(value), 실행 \(run.id) \(run.status.rawValue)"))
    }
    guard let estimate else {
      context.say(
        Localized(
          "\(values.count) of \(planned) folds have a metric; there is no mean over all of them.",
          korean: "겹 \(planned)개 가운데 \(values.count)개만 지표가 있어 전체 평균을 낼 수 없습니다."))
      return
    }
    context.say(
      Localized(
        "validation \(metric) \(decimal(estimate.mean)), 95 % interval "
          + "[\(decimal(estimate.lower)), \(decimal(estimate.upper))], standard deviation over folds "
          + "\(decimal(estimate.standardDeviation))",
        korean: "검증 \(metric) \(decimal(estimate.mean)), 95 % 구간 "
          + "[\(decimal(estimate.lower)), \(decimal(estimate.upper))], 겹 사이 표준편차 "
          + "\(decimal(estimate.standardDeviation))"))
  }
}

/// The JSON of `hone train --folds`.
struct CrossValidationOutput: Encodable {
  let crossValidation: String
  let status: RunStatus
  let folds: Int
  let metric: String
  @OrNull var mean: Double?
  @OrNull var standardDeviation: Double?
  @OrNull var interval: [Double]?
  let values: [Double]
  let seconds: Double
  let runs: [TrainOutput]

  init(_ result: CrossValidation) {
    let estimate = result.estimate
    crossValidation = result.id
    status = result.status
    folds = result.folds
    metric = result.runs.first?.metric ?? ""
    _mean = OrNull(wrappedValue: estimate?.mean)
    _standardDeviation = OrNull(wrappedValue: estimate?.standardDeviation)
    _interval = OrNull(wrappedValue: finiteOrNil(estimate.map { [$0.lower, $0.upper] }))
    values = result.values
    seconds = result.runs.reduce(0) { $0 + ($1.seconds.isFinite ? $1.seconds : 0) }
    runs = result.runs.map(TrainOutput.init)
  }
}
