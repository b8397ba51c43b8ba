import HoneData
import HoneNN
import HoneOptim
import HoneRecords

// The batches of an epoch.
extension Trainer {
  /// The steps of one epoch; leaves early with another status where the run must end.
  func trainEpoch(_ epoch: Int, from firstBatch: Int) throws {
    guard try beginEpoch(epoch, from: firstBatch) else { return }
    // What the epoch needs before its first batch is waited for as well.
    var begun = clock.now
    let batches = plan.training.epoch(epoch, from: firstBatch, share: plan.parallel?.share)
    defer { batches.close() }
    while let batch = try batches.next() {
      meter.waitSeconds += seconds(since: begun)
      let number = batches.position
      let endsStep = number.isMultiple(of: plan.accumulation) || number == batches.count
      let loss = try trainBatch(batch, number: number, endsStep: endsStep)
      meter.seconds += seconds(since: begun)
      begun = clock.now
      let place = BatchPlace(epoch: epoch, number: number, batch: batch)
      guard try goesOn(after: place, of: batches.count, loss: loss, endsStep: endsStep) else {
        return
      }
    }
  }

  /// Begins an epoch, or goes on within one.
  /// - Returns: whether there are steps to take: where a resumed run goes on in an epoch, its budget may
  ///   be used up already.
  func beginEpoch(_ epoch: Int, from firstBatch: Int) throws -> Bool {
    let hasMore = firstBatch < plan.training.batchesPerEpoch || epoch < plan.epochs
    if firstBatch > 0, hasMore, try ends(afterLoss: meter.meanLoss) { return false }
    plan.unfreezing?.apply(inEpoch: epoch)
    try emit(.epochBegan(epoch: epoch, steps: plan.stepsPerEpoch))
    return true
  }

  /// What follows a batch: reports, a checkpoint where one is due, the run's end where it has come.
  /// - Parameters:
  ///   - place: the batch that has been trained on.
  ///   - count: the batches of the epoch.
  ///   - loss: the batch's loss.
  ///   - endsStep: whether the batch has changed the weights.
  /// - Returns: whether the epoch goes on.
  func goesOn(
    after place: BatchPlace, of count: Int, loss: Double, endsStep: Bool = true
  ) throws -> Bool {
    guard loss.isFinite else {
      try diverge(at: place, loss: loss)
      return false
    }
    guard endsStep else { return true }
    position = (place.epoch, place.number)
    if !sampledSteps.isEmpty { try emitSampledSteps() }
    try reportProgress(of: count)
    try keepCheckpoint()
    guard place.number < count || place.epoch < plan.epochs else { return true }
    if plan.parallel?.isStopAgreed ?? stopRequested() {
      try interrupt()
      return false
    }
    if place.number < count, try ends(afterLoss: loss) { return false }
    return true
  }
}
