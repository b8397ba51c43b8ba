import HoneData
import HoneNN
import HoneOptim
import HoneTensor

// The average of the weights.
extension Trainer {
  /// Takes the weights of a step into the average where its time has come.
  func updateAverage() {
    guard let averaging = plan.averaging,
      averaging.isDue(afterSteps: step, epochs: plan.epochs, stepsPerEpoch: plan.stepsPerEpoch)
    else { return }
    if let average { return average.update() }
    let average = ParameterAverage(of: plan.model.parameters, rule: averaging.rule)
    // The first of equals counts; an exponential average begins at it.
    if averaging.rule == .uniform { average.update() }
    self.average = average
  }

  /// Takes over the average of a checkpoint.
  func restoreAverage(_ state: OptimizerState?) throws {
    guard let averaging = plan.averaging, let state else { return }
    let restored = ParameterAverage(of: plan.model.parameters, rule: averaging.rule)
    try restored.load(state)
    average = restored
  }

  /// Runs code with the average in the model, where there is one, and puts the weights back.
  ///
  /// Batch normalization gets statistics of the averaged weights meanwhile, by a pass over the training
  /// batches of the epoch: those that belong to the weights in training do not fit the average.
  func withWeightsToEvaluate<R>(epoch: Int, _ body: () throws -> R) throws -> R {
    guard let average else { return try body() }
    let norms = plan.model.namedModules.compactMap { $0.module as? BatchNorm }
      .filter { $0.isTraining && $0.momentum != 0 && $0.runningMean != nil }
    let buffers = norms.flatMap { [$0.runningMean, $0.runningVariance, $0.batchCount] }
      .compactMap { $0 }
    let former = withoutGradients { buffers.map { $0.value.clone() } }
    average.exchange()
    defer {
      average.exchange()
      for (buffer, value) in zip(buffers, former) { buffer.assign(value) }
    }
    if !norms.isEmpty, plan.parallel?.isWriter != false {
      try alone { try recalibrate(norms, epoch: epoch) }
    }
    return try body()
  }

  /// Replaces running statistics by their means over the batches of an epoch, all other layers in
  /// evaluation mode.
  private func recalibrate(_ norms: [BatchNorm], epoch: Int) throws {
    // Where statistics are means over all batches, each batch is made the first.
    let statistics = norms.flatMap { norm in
      [norm.runningMean, norm.runningVariance].compactMap { $0 }
        .map { (buffer: $0, momentum: norm.momentum ?? 1) }
    }
    let reset =
      statistics.map(\.buffer) + norms.filter { $0.momentum == nil }.compactMap(\.batchCount)
    let sums = withoutGradients { statistics.map { $0.buffer.value.zerosLike() } }
    var count = 0
    let batches = plan.training.epoch(epoch)
    defer { batches.close() }
    try plan.model.evaluating {
      for norm in norms { norm.isTraining = true }
      try withoutGradients {
        while let batch = try batches.next() {
          // The evaluation that follows hears the request, too, and gives up.
          if evaluationStopRequested() { return }
          for buffer in reset { ATen.zero_(buffer.value) }
          try catchingTorchErrors { _ = plan.output(for: batch) }
          // From zero, a batch leaves its statistic times the momentum.
          for (sum, statistic) in zip(sums, statistics) {
            ATen.add__Tensor(sum, other: statistic.buffer.value)
          }
          count += 1
        }
        for (sum, statistic) in zip(sums, statistics) {
          statistic.buffer.assign(sum * Scalar(1 / (Double(max(count, 1)) * statistic.momentum)))
        }
      }
    }
  }
}
