import HoneData
import HoneImprove
import HoneMetrics

/// A subject that turns its own errors into failures, as subjects must.
struct FailingSubject: ExperimentSubject {
  let inner: CoinSubject

  var data: Dataset { inner.data }
  var pool: [Int] { inner.pool }
  var splitMethod: SplitMethod { inner.splitMethod }
  var metric: MetricName { inner.metric }

  func configuration(with change: RecipeChange) -> String? { inner.configuration(with: change) }

  func length(on split: Split) throws -> RunLength { try inner.length(on: split) }

  func train(_ task: ArmTask) throws -> ArmRun {
    do {
      return try inner.train(task)
    } catch {
      return ArmRun(ArmResult(failure: "\(error)", seconds: 0.001))
    }
  }
}
