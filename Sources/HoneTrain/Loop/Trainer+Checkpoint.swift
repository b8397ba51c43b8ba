import HoneNN
import HoneOptim
import HoneRecords

// From and to checkpoints.
extension Trainer {
  /// Takes over a checkpoint.
  /// - Throws: before anything but weights and optimiser has changed.
  func restore(_ checkpoint: Checkpoint) throws {
    try plan.model.load(checkpoint.model)
    try plan.optimizer.load(checkpoint.optimizer)
    try restoreAverage(checkpoint.average)
    let progress = checkpoint.progress
    record = progress.run
    record.outcome = nil
    secondsBefore = progress.run.seconds
    history = progress.history
    step = progress.step
    meter = progress.meter
    position = (progress.epoch, progress.batch)
    if let state = checkpoint.best, let number = progress.bestEpoch,
      let epoch = history.first(where: { $0.epoch == number })
    {
      best = (epoch, state)
    }
  }

  /// Writes where the run stands, and says so.
  ///
  /// Does nothing without a checkpointer.
  func writeCheckpoint() throws {
    guard let checkpointer else { return }
    try cadence.measure { try checkpointer.write(snapshot) }
    try emit(
      .checkpoint(
        path: checkpointer.newest, epoch: history.count,
        isBest: best?.epoch.epoch == history.last?.epoch && best != nil))
  }

  private var snapshot: Checkpoint {
    let optimizer = plan.optimizer.state
    let average = average?.state
    closeRecord()
    return Checkpoint(
      model: plan.model.stateDictionary, optimizer: optimizer, average: average,
      best: best?.state,
      progress: .init(
        run: record, history: history, step: step, epoch: position.epoch, batch: position.batch,
        meter: meter, bestEpoch: best?.epoch.epoch, optimizerKind: optimizer.kind,
        optimizerScalars: optimizer.scalars, averageKind: average?.kind,
        averageScalars: average?.scalars))
  }
}
