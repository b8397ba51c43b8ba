import HoneRecords

// What observers are told.
extension Trainer {
  /// Progress is told with the first step and then at most so often.
  private static let progressInterval = Duration.milliseconds(100)

  func emit(_ event: TrainingEvent) throws {
    for observer in observers { try observer.receive(event) }
  }

  func emitSampledSteps() throws {
    let steps = sampledSteps
    sampledSteps = []
    for step in steps { try emit(.step(step)) }
  }

  func reportProgress(of batches: Int) throws {
    if observers.isEmpty { return }
    if let lastProgress, lastProgress.duration(to: clock.now) < Self.progressInterval { return }
    lastProgress = clock.now
    let done = Double(position.epoch - 1) + Double(position.batch) / Double(batches)
    let spent = seconds(since: started) + secondsBefore
    try emit(
      .progress(
        .init(
          epoch: position.epoch, epochs: plan.epochs, step: position.batch, steps: batches,
          loss: meter.meanLoss, metric: meter.meanScore,
          samplesPerSecond: Double(meter.samples) / meter.seconds,
          secondsLeft: spent / done * (Double(plan.epochs) - done),
          waitShare: meter.seconds > 0 ? meter.waitSeconds / meter.seconds : 0,
          memory: MemoryGauge.resident)))
  }

  func seconds(since start: ContinuousClock.Instant) -> Double {
    start.duration(to: clock.now) / .seconds(1)
  }
}
