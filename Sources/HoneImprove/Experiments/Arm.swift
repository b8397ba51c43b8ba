import HoneAssembly
import HoneConfiguration
import HoneData
import HoneMetrics
import HoneNumerics
import HoneRecords
import HoneTrain

/// One configuration trained with every paired seed and judged on the samples held back from it.
struct Arm: Sendable {
  /// For each seed the score of each proof sample, larger better.
  var scores: [[Double]] = []
  /// For each seed the proof samples.
  var samples: [[Int]] = []
  /// For each seed the metric, averaged over its models.
  var metrics: [Double] = []
  /// Wall-clock seconds of all models.
  var seconds = 0.0

  /// Trains one more seed: a model for each of its splits.
  mutating func add(
    _ configuration: Configuration, data: Dataset, splits: [Split], seed: UInt64
  ) throws {
    let start = ContinuousClock.now
    let results = try splits.enumerated().map { index, split in
      // A seed's models differ in their weights too: seeds and folds must not share luck.
      try judge(configuration, data: data, split: split, seed: seed &+ UInt64(index) << 32)
    }
    scores.append(results.flatMap(\.result.scores))
    samples.append(results.flatMap(\.result.indices))
    metrics.append(results.map { $0.result.value(of: $0.metric) }.mean())
    seconds += start.duration(to: .now) / .seconds(1)
  }

  private func judge(
    _ configuration: Configuration, data: Dataset, split: Split, seed: UInt64
  ) throws -> (result: EvaluationResult, metric: MetricName) {
    let run = try AssembledRun(configuration, data: data, split: split, seed: seed)
    var plan = run.plan
    // Proof needs one evaluation at the end, not the training metric of every epoch.
    plan.trainEvaluation = nil
    _ = try Trainer(plan, record: run.record, policies: run.policies).train()
    guard let proof = run.test else {
      fatalError("An experiment's split has no proof samples: \(split.test.count).")
    }
    let evaluator = Evaluator(
      loss: plan.loss, device: plan.device, precision: plan.precision,
      memoryFormat: plan.memoryFormat)
    return (try evaluator.evaluate(plan.model, on: proof), plan.metric)
  }
}
