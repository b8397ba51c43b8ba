import Foundation
import HoneData
import HoneNN
import HoneNumerics
import HoneOptim
public import HoneRecords
import HoneTensor
import HoneText

/// Trains a model by a plan: epochs of steps, validation after each, decisions by policies, events to
/// observers, checkpoints.
///
/// The loop is `train(from:)`; `Examples/CustomLoop` shows how to write one's own from the same parts.
/// A trainer works on the thread that calls it.
public final class Trainer {
  let plan: TrainingPlan
  let policies: [any TrainingPolicy]
  let observers: [any TrainingObserver]
  let checkpoints: CheckpointCadence?
  private let stopRequested: () -> Bool

  var record: RunRecord
  var history: [EpochRecord] = []
  var best: (epoch: EpochRecord, state: StateDictionary)?
  var meter = EpochMeter()
  /// Steps that were measured and not yet told to observers.
  var sampledSteps: [StepRecord] = []
  /// Optimiser steps taken.
  var step = 0
  /// What policies have made of the learning rate.
  var rateScale = 1.0
  private let clock = ContinuousClock()
  private var lastProgress = ContinuousClock.now
  private var started = ContinuousClock.now
  private var secondsBefore = 0.0

  /// A trainer.
  /// - Parameters:
  ///   - plan: what to train with.
  ///   - record: the run as it is known before the first step.
  ///   - policies: consulted after each epoch, in order; the first that stops the run decides.
  ///   - observers: told of every event.
  ///   - checkpointer: where to keep checkpoints; nil keeps none.
  ///   - stopRequested: asked after each step whether to end the run in order.
  public init(
    _ plan: TrainingPlan, record: RunRecord, policies: [any TrainingPolicy] = [],
    observers: [any TrainingObserver] = [], checkpointer: Checkpointer? = nil,
    stopRequested: @escaping () -> Bool = { false }
  ) {
    self.plan = plan
    self.record = record
    self.policies = policies
    self.observers = observers
    self.stopRequested = stopRequested
    checkpoints = checkpointer.map(CheckpointCadence.init)
  }

  /// Trains to the end, from the start or from a checkpoint of the same run.
  /// - Returns: the outcome; divergence, early stops and interruptions are statuses of its record.
  /// - Throws: what a loader, an observer or the disk throws; the run is marked as failed.
  public func train(from checkpoint: Checkpoint? = nil) throws -> TrainingOutcome {
    do {
      return try trainEpochs(from: checkpoint)
    } catch {
      record.status = .failed
      record.outcome = (error as? any ReportableError)?.explanation.english ?? "\(error)"
      closeRecord()
      // The store may be what failed: its own error must not hide the first one.
      try? emit(.ended(record))
      throw error
    }
  }

  private func trainEpochs(from checkpoint: Checkpoint?) throws -> TrainingOutcome {
    started = .now
    Torch.threads = plan.threads
    var (epoch, batch) = (1, 0)
    if let checkpoint { (epoch, batch) = try restore(checkpoint) }
    if record.preflight == nil { record.preflight = try measurePreflight(plan) }
    // A checkpoint's record says how the run stood when it was written.
    record.status = .running
    try emit(.began(record))
    record.status = .completed
    if !history.isEmpty { consultPolicies() }
    while epoch <= plan.epochs, record.status == .completed {
      try trainEpoch(epoch, from: batch)
      guard record.status == .completed else { break }
      try finish(epoch)
      epoch += 1
      batch = 0
      try checkpoints?.epochEnded { try self.snapshot(epoch: epoch, batch: 0) }
    }
    return try conclude()
  }

  /// The steps of one epoch; leaves early with another status where the run must end.
  private func trainEpoch(_ epoch: Int, from firstBatch: Int) throws {
    try emit(.epochBegan(epoch: epoch, steps: plan.stepsPerEpoch))
    let batches = plan.training.epoch(epoch, from: firstBatch)
    defer { batches.close() }
    plan.model.train()
    var trained = firstBatch
    var begun = clock.now
    while let batch = try batches.next() {
      meter.waitSeconds += seconds(since: begun)
      trained += 1
      let endsStep = trained.isMultiple(of: plan.accumulation) || trained == batches.count
      let loss = try trainBatch(batch, microbatch: trained, endsStep: endsStep)
      meter.seconds += seconds(since: begun)
      begun = clock.now
      guard loss.isFinite else { return try diverge(epoch: epoch, loss: loss) }
      guard endsStep else { continue }
      for sample in sampledSteps { try emit(.step(sample)) }
      sampledSteps = []
      try reportProgress(epoch: epoch, batch: trained, batches: batches.count)
      if stopRequested(), trained < batches.count || epoch < plan.epochs {
        return try interrupt(epoch: epoch, batch: trained)
      }
    }
  }

  /// Validates, records the epoch, keeps the best weights and asks the policies.
  private func finish(_ number: Int) throws {
    let epoch = try measureEpoch(number)
    history.append(epoch)
    meter = EpochMeter()
    record.epochs = number
    record.final = epoch
    if best.map({ plan.monitor.isBetter(epoch, than: $0.epoch) }) ?? true {
      best = (epoch, plan.model.stateDictionary)
      record.best = epoch
    }
    try emit(.epoch(epoch))
    consultPolicies()
  }

  /// Asks every policy what the history calls for; the same history gives the same answer, so that a
  /// run killed between an early stop's checkpoint and its end stops when it is resumed.
  private func consultPolicies() {
    rateScale = 1
    for policy in policies {
      switch policy.decide(after: history) {
      case .proceed: continue
      case .scaleLearningRate(let factor): rateScale *= factor
      case .stop(let reason):
        guard history.count < plan.epochs, record.status == .completed else { continue }
        record.status = .stoppedEarly
        record.outcome = reason.english
      }
    }
  }

  private func conclude() throws -> TrainingOutcome {
    if let best { try plan.model.load(best.state) }
    closeRecord()
    try emit(.ended(record))
    return TrainingOutcome(
      record: record, history: history, kept: plan.model.stateDictionary)
  }

  private func diverge(epoch: Int, loss: Double) throws {
    record.status = .diverged
    record.outcome = "The loss became \(loss) at step \(step) of epoch \(epoch)."
    try emit(
      .step(
        StepRecord(step: step, epoch: epoch, loss: loss, learningRate: plan.optimizer.learningRate)
      ))
  }

  private func interrupt(epoch: Int, batch: Int) throws {
    record.status = .interrupted
    closeRecord()
    try checkpoints?.write(snapshot(epoch: epoch, batch: batch))
  }

  // MARK: - Records

  func emit(_ event: TrainingEvent) throws {
    for observer in observers { try observer.receive(event) }
  }

  private func closeRecord() {
    record.seconds = secondsBefore + seconds(since: started)
    let trained = history.reduce(0) { $0 + $1.seconds }
    if trained > 0 {
      let samples = Double(history.count * plan.training.indices.count)
      record.samplesPerSecond = samples / trained
    }
  }

  private func restore(_ checkpoint: Checkpoint) throws -> (epoch: Int, batch: Int) {
    let progress = checkpoint.progress
    try plan.model.load(checkpoint.model)
    try plan.optimizer.load(checkpoint.optimizer)
    record = progress.run
    record.outcome = nil
    secondsBefore = progress.run.seconds
    history = progress.history
    step = progress.step
    meter = progress.meter
    if let state = checkpoint.best, let number = progress.bestEpoch,
      let epoch = history.first(where: { $0.epoch == number })
    {
      best = (epoch, state)
    }
    return (progress.epoch, progress.batch)
  }

  private func snapshot(epoch: Int, batch: Int) throws -> Checkpoint {
    let optimizer = plan.optimizer.state
    return Checkpoint(
      model: plan.model.stateDictionary, optimizer: optimizer, best: best?.state,
      progress: .init(
        run: record, history: history, step: step, epoch: epoch, batch: batch, meter: meter,
        bestEpoch: best?.epoch.epoch, optimizerKind: optimizer.kind,
        optimizerScalars: optimizer.scalars))
  }

  private func reportProgress(epoch: Int, batch: Int, batches: Int) throws {
    guard lastProgress.duration(to: clock.now) > .milliseconds(100) else { return }
    lastProgress = clock.now
    let done = Double(epoch - 1) + Double(batch) / Double(batches)
    let spent = seconds(since: started) + secondsBefore
    try emit(
      .progress(
        .init(
          epoch: epoch, epochs: plan.epochs, step: batch, steps: batches, loss: meter.meanLoss,
          metric: meter.meanScore, samplesPerSecond: Double(meter.samples) / meter.seconds,
          secondsLeft: spent / done * (Double(plan.epochs) - done))))
  }

  private func seconds(since start: ContinuousClock.Instant) -> Double {
    start.duration(to: clock.now) / .seconds(1)
  }
}
