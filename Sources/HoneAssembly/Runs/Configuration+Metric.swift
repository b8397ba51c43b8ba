import HoneConfiguration
import HoneMetrics
import HoneRecords
import HoneText

extension Configuration {
  /// What a model for a task is judged by: the metric that the configuration names, or the task's
  /// usual one.
  func liveMetric(for task: TaskKind) throws -> MetricName {
    guard let metric = training.metric else { return .defaultMetric(for: task) }
    guard metric.tasks.contains(task) else {
      let fitting = MetricName.allCases.filter { $0.tasks.contains(task) }.map(\.rawValue)
      throw problem(
        at: "training.metric",
        Localized(
          "\(metric.rawValue) has no meaning for a \(task.rawValue) task. Use one of "
            + "\(fitting.joined(separator: ", ")).",
          korean: "\(metric.rawValue)은(는) \(task.rawValue) 작업에 쓸 수 없습니다. 다음 중에서 고르십시오: "
            + "\(fitting.joined(separator: ", "))."))
    }
    return metric
  }

  /// Refuses metrics that are no mean over samples: experiments are compared sample by sample.
  package func checkMetricIsPaired() throws {
    guard let metric = training.metric,
      ![.accuracy, .rootMeanSquaredError, .meanSquaredError].contains(metric)
    else { return }
    throw problem(
      at: "training.metric",
      Localized(
        "improvements are proven sample by sample, which \(metric.rawValue) does not allow. Use "
          + "accuracy, rootMeanSquaredError or meanSquaredError; every other metric is still "
          + "reported.",
        korean: "개선은 샘플별 비교로 증명하므로 \(metric.rawValue)을(를) 쓸 수 없습니다. accuracy, "
          + "rootMeanSquaredError, meanSquaredError 중 하나를 사용하십시오. 다른 지표도 모두 보고됩니다."))
  }
}
