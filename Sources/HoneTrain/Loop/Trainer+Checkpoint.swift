import HoneData
import HoneNN
import HoneOptim
import HoneRecords
import HoneTensor
import HoneText

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
    record.ending = nil
    secondsBefore = progress.run.seconds
    history = progress.history
    step = progress.step
    meter = progress.meter
    scaler = progress.scaler ?? scaler
    dynamics = checkpoint.dynamics
    // The data or the batches may have changed since, where the user allowed it.
    position = (progress.epoch, min(progress.batch, plan.training.batchesPerEpoch))
    keeper?.begin(step: step, epochs: history.count, cost: record.checkpoints)
    if let state = checkpoint.best, let number = progress.bestEpoch,
      let epoch = history.first(where: { $0.epoch == number })
    {
      best = (epoch, state)
    }
  }

  /// Tells the keeper what a checkpoint will hold: the weights, the best and the averaged ones, and the
  /// two arrays beside each weight that Adam's kin have.
  func expectCheckpoints() {
    let scalars = plan.model.namedParameters.reduce(0) { $0 + $1.parameter.value.count }
    let arrays = 3 + (plan.restoresBest ? 1 : 0) + (plan.averaging == nil ? 0 : 1)
    keeper?.expect(bytes: scalars * arrays * MemoryLayout<Float>.size)
  }

  /// Takes a checkpoint where one is due, to be written while training goes on.
  ///
  /// Does nothing without a checkpointer.
  func keepCheckpoint(endsEpoch: Bool = false) throws {
    guard let keeper else { return }
    for written in try keeper.written() { try tell(written) }
    let epochs = history.count
    guard keeper.isDue(step: step, epochs: epochs, endsEpoch: endsEpoch) else {
      if let delay = keeper.delay(step: step, epochs: epochs, endsEpoch: endsEpoch) {
        try emit(.note(delay))
      }
      return
    }
    try takeCheckpoint(by: keeper, endsEpoch: endsEpoch, waits: false)
  }

  /// Writes where the run stands, says so, and returns when it lies on the disk.
  ///
  /// Does nothing without a checkpointer.
  func writeCheckpoint() throws {
    guard let keeper else { return }
    try takeCheckpoint(by: keeper, endsEpoch: false, waits: true)
  }

  /// Waits for a checkpoint that is still being written when the run has ended, and needs it no longer.
  func settleCheckpoints() throws {
    guard let keeper else { return }
    keeper.wait()
    for written in (try? keeper.written()) ?? [] { try tell(written) }
  }

  private func takeCheckpoint(
    by keeper: CheckpointKeeper, endsEpoch: Bool, waits: Bool
  ) throws {
    let written = try keeper.take(
      step: step, epochs: history.count, endsEpoch: endsEpoch, waits: waits
    ) {
      // What was told of steps before a checkpoint is not told again after it.
      for observer in observers { try observer.flush() }
      return snapshot
    }
    for one in written { try tell(one) }
  }

  private func tell(_ written: CheckpointWriter.Written) throws {
    guard let checkpointer else { return }
    try emit(
      .checkpoint(path: checkpointer.newest, epoch: written.epochs, isBest: written.isBest))
  }

  private var snapshot: Checkpoint {
    let optimizer = plan.optimizer.state
    let average = average?.state
    closeRecord()
    return Checkpoint(
      model: plan.model.stateDictionary, optimizer: optimizer, average: average,
      best: best?.state, dynamics: dynamics,
      progress: .init(
        run: record, history: history, step: step, epoch: position.epoch, batch: position.batch,
        meter: meter, bestEpoch: best?.epoch.epoch, optimizerKind: optimizer.kind,
        optimizerScalars: optimizer.scalars, averageKind: average?.kind,
        averageScalars: average?.scalars, scaler: scaler,
        dynamicsEpochs: dynamics.epochs))
  }
}
