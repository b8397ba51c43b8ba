import HoneConfiguration
import HoneData
import HoneMetrics
import HoneNumerics
import HoneRecords
import HoneTensor
import HoneTrain

/// What a run of a study came to, at its best epoch.
struct StudyRun {
  /// One less the metric where larger is better, else the metric.
  var error: Double
  var metric: Double
  var loss: Double
  /// The standard error of the loss over validation samples.
  var lossError: Double
  var parameters: Int
  var seconds: Double

  /// Trains a configuration and keeps the numbers alone.
  /// - Throws: `CancellationError` where a stop was requested; what assembling and training throw.
  init(
    _ configuration: Configuration, data: Dataset, split: Split, seed: UInt64,
    stopRequested: @escaping () -> Bool
  ) throws {
    let start = ContinuousClock.now
    let run = try AssembledRun(configuration, data: data, split: split, seed: seed)
    var plan = run.plan
    // Only the validation split is asked.
    plan.trainEvaluation = nil
    Torch.threads = plan.threads
    let outcome = try Trainer(
      plan, record: run.record, policies: run.policies, stopRequested: stopRequested
    ).train()
    if outcome.record.status == .interrupted { throw CancellationError() }
    let kept = outcome.record.best ?? outcome.record.final
    metric = kept?.validationMetric ?? .nan
    loss = kept?.validationLoss ?? .nan
    lossError = kept?.validationLossError ?? 0
    error = plan.metric.isBetterWhenLarger ? 1 - metric : metric
    parameters = run.record.parameters
    seconds = start.duration(to: .now) / .seconds(1)
  }
}

extension Sequence<StudyRun> {
  var errors: [Double] { map(\.error) }
  var meanError: Double { errors.mean() }
  var meanSeconds: Double { map(\.seconds).mean() }
}
