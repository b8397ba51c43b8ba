import HoneAssembly
import HoneConfiguration
import HoneData
import HoneMetrics
import HoneRecords
import HoneTrain

/// One configuration trained with every paired seed and judged on the samples held back from it.
struct Arm: Sendable {
  /// For each seed the score of each proof sample, larger better.
  var scores: [[Double]] = []
  /// For each seed the proof samples.
  var samples: [[Int]] = []
  /// For each seed the metric on its proof samples.
  var metrics: [Double] = []
  /// Wall-clock seconds of all runs.
  var seconds = 0.0

  /// Trains one more seed.
  mutating func add(
    _ configuration: Configuration, data: Dataset, split: Split, seed: UInt64
  ) throws {
    let start = ContinuousClock.now
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
    let result = try evaluator.evaluate(plan.model, on: proof)
    scores.append(result.scores)
    samples.append(result.indices)
    metrics.append(result.value(of: plan.metric))
    seconds += start.duration(to: .now) / .seconds(1)
  }
}
