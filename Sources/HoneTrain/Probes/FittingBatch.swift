import HoneData
import HoneNN
import HoneTensor

extension TrainingPlan {
  /// The largest batch, by halves of the plan's own, whose forward and backward pass fits into memory;
  /// nil where not even one sample does.
  ///
  /// For after a step has run out of memory: gradients and running statistics are not kept.
  /// - Throws: `DataError` naming a sample that cannot be read; `TorchError` other than of memory.
  public func largestFittingBatch() throws -> Int? {
    model.clearGradients()
    var size = training.options.batchSize / 2
    while size > 0 {
      do {
        try pass(ofBatch: size)
        return size
      } catch let error as TorchError where error.kind == .outOfMemory {
        model.clearGradients()
        size /= 2
      }
    }
    return nil
  }

  private func pass(ofBatch size: Int) throws {
    let batch = try training.batch(of: Array(training.indices.prefix(size)))
    model.train()
    try catchingTorchErrors {
      let output = output(for: batch, noise: seed)
      objective(trainingLoss(output, batch)).backward()
    }
    model.clearGradients()
  }
}
