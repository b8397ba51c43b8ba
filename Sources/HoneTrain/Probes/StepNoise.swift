import HoneData
import HoneNN
import HoneNumerics
import HoneOptim
public import HoneRecords
import HoneTensor

extension TrainingPlan {
  /// What is random about the loss of the plan's steps; nil where the optimiser does not mind.
  ///
  /// Known from the plan's settings and from two passes with different seeds over a few samples.
  /// Weights, running statistics and modes are as before afterwards.
  /// - Throws: `DataError` naming a sample that cannot be read; `TorchError`.
  public func stepNoise() throws -> StepNoiseRecord? {
    guard let optimizer = optimizer as? any ClosureOptimizer, optimizer.needsSteadyObjective
    else { return nil }
    let total = training.indices.count
    var noise = StepNoiseRecord(
      samples: min(total, training.options.batchSize * accumulation), total: total,
      isDataRandom: training.options.isAugmenting || training.options.order == .balanced)
    let batch = try training.batch(of: Array(training.indices.prefix(8)))
    guard batch.count > 1 else { return noise }
    (noise.isModelRandom, noise.usesBatchStatistics) = try leavingUntouched(self) {
      model.train()
      let buffers = model.namedBuffers.map { $0.buffer.value.clone() }
      return try catchingTorchErrors {
        withoutGradients {
          let outputs = [UInt64(1), 2].map { seed in
            output(for: batch, noise: seed)
          }
          let after = model.namedBuffers.map(\.buffer.value)
          let moved = zip(buffers, after).contains { !$0.isIdentical(to: $1) }
          return (!outputs[0].isIdentical(to: outputs[1]), moved)
        }
      }
    }
    return noise
  }
}
