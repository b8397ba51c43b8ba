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
/// A trainer works on the thread that calls it, and trains once.
public final class Trainer {
  var plan: TrainingPlan
  let policies: [any TrainingPolicy]
  let observers: [any TrainingObserver]
  /// Those of the observers that look into steps.
  let stepObservers: [any StepObserver]
  let checkpointer: Checkpointer?
  let weightKeeper: WeightKeeper?
  let stopRequested: () -> Bool
  let evaluationStopRequested: () -> Bool

  var record: RunRecord
  var history: [EpochRecord] = []
  var best: (epoch: EpochRecord, state: StateDictionary)?
  /// The average of the weights, from its first update on.
  var average: ParameterAverage?
  /// What float16 gradients are scaled by; nil in other precisions.
  var scaler: LossScaler?
  var meter = EpochMeter()
  /// How single samples of the training split were answered after each epoch.
  var dynamics = TrainingDynamics()
  /// Steps that were measured and not yet told to observers.
  var sampledSteps: [StepRecord] = []
  /// The weights before the step under way, where it is measured.
  var weightsBefore = CopiedValues()
  /// The layers that are looked into; to find them costs as much as a step of a small model.
  lazy var watchedLayers = LayerSampler.layers(of: plan.model)
  /// Looks into the layers during the step under way, where it is sampled.
  var layerSampler: LayerSampler?
  /// What steps without a graph draw from, begun anew by each: to make one takes longer.
  lazy var stepSource = RandomSource(seed: 0, device: plan.device)
  /// Optimiser steps taken.
  var step = 0
  /// What policies have made of the learning rate.
  var rateScale = 1.0
  /// The epoch that is under way and its batches that have changed the weights: where a resumed run
  /// goes on.
  var position = (epoch: 1, batch: 0)
  /// Whether gradients of batches lie on the parameters that no optimiser step has used yet.
  var isInsideStep = false
  /// The batches of the step under way, with their places in the epoch.
  var stepBatches: [(batch: HostBatch, number: Int)] = []
  let keeper: CheckpointKeeper?
  let clock = ContinuousClock()
  var started = ContinuousClock.now
  var lastProgress: ContinuousClock.Instant?
  var secondsBefore = 0.0
  /// Seconds that the end of the last epoch took, from its last step on.
  var closingSeconds: Double?
  /// Seconds that an evaluation of the first epoch will take, once that was measured.
  var measuredClosing: Double?
  /// The batches that wait for the end of their step, where the optimiser evaluates them together.
  var keptBatches: [(batch: HostBatch, number: Int)] = []
  /// The results of the epoch's evaluations where they were computed together with other runs'.
  var readyEvaluation: (validation: EvaluationResult?, training: EvaluationResult?)?
  /// The loader that gave the batches, where it was another run's that gives the same.
  var sharedLoader: DataLoader?

  /// A trainer.
  /// - Parameters:
  ///   - plan: what to train with.
  ///   - record: the run as it is known before the first step.
  ///   - policies: consulted after each epoch and each step, in order; the first that ends the run
  ///     decides.
  ///   - observers: told of every event.
  ///   - checkpointer: where to keep checkpoints; nil keeps none.
  ///   - weightKeeper: keeps the weights of chosen epochs as models of their own; nil keeps the best alone.
  ///   - stopRequested: asked after each step whether to end the run in order.
  ///   - evaluationStopRequested: asked before each batch of an evaluation whether to give it up and end
  ///     the run in order; the answer must stay yes once it is. A resumed run evaluates again.
  public init(
    _ plan: TrainingPlan, record: RunRecord, policies: [any TrainingPolicy] = [],
    observers: [any TrainingObserver] = [], checkpointer: Checkpointer? = nil,
    weightKeeper: WeightKeeper? = nil, stopRequested: @escaping () -> Bool = { false },
    evaluationStopRequested: @escaping () -> Bool = { false }
  ) {
    self.plan = plan
    self.record = record
    self.policies = policies
    self.observers = observers
    stepObservers = observers.compactMap { $0 as? any StepObserver }
    self.checkpointer = checkpointer
    keeper = checkpointer.map(CheckpointKeeper.init)
    self.weightKeeper = weightKeeper
    scaler = plan.precision == .float16 ? LossScaler() : nil
    self.stopRequested = stopRequested
    self.evaluationStopRequested = evaluationStopRequested
  }

  /// Trains to the end, from the start or from a checkpoint of the same run.
  ///
  /// The model must hold the run's initial weights, with a checkpoint too: they are what a run keeps
  /// that diverges in its first epoch.
  /// - Returns: the outcome; divergence, early stops and interruptions are statuses of its record.
  /// - Throws: what a loader, an observer or the disk throws; the run is then marked as failed, and a
  ///   checkpoint is written where that is still possible. `StateDictionaryError` or
  ///   `OptimizerStateError` where the checkpoint belongs to another model; nothing has happened then.
  public func train(from checkpoint: Checkpoint? = nil) throws -> TrainingOutcome {
    let initial = try prepare(from: checkpoint)
    defer { plan.parallel?.end() }
    do {
      // Whoever reads or removes the run's files afterwards finds nobody writing there.
      defer { keeper?.wait() }
      try plan.parallel?.begin(plan)
      try trainEpochs()
      let outcome = try conclude(initial: initial)
      try plan.parallel?.finish()
      return outcome
    } catch {
      throw failed(error)
    }
  }

  /// Makes ready for the first step.
  /// - Returns: the weights to keep where the run diverges in its first epoch; nil where a checkpoint has
  ///   better ones.
  func prepare(from checkpoint: Checkpoint?) throws -> StateDictionary? {
    started = .now
    Torch.threads = plan.threads
    let initial = checkpoint?.best == nil ? plan.model.stateDictionary : nil
    if let checkpoint { try restore(checkpoint) }
    expectCheckpoints()
    return initial
  }

  /// Closes a run that an error ends.
  /// - Returns: the error to throw.
  func failed(_ error: any Error) -> any Error {
    var error = error
    record.status = .failed
    record.ending = Self.sentence(about: error)
    if let parallel = plan.parallel {
      error = parallel.explained(error, outcome: record.outcome ?? "")
      record.ending = Self.sentence(about: error)
    }
    closeRecord()
    // What failed may fail again: the first error is the one to report.
    if step > 0, !isInsideStep { try? writeCheckpoint() }
    if let best { _ = try? plan.model.load(best.state) }
    try? emit(.ended(record))
    return error
  }

  private static func sentence(about error: any Error) -> Localized {
    (error as? any ReportableError)?.explanation ?? Localized(verbatim: "\(error)")
  }

  private func trainEpochs() throws {
    try beginEpochs()
    while goesOn {
      try trainEpoch(position.epoch, from: position.batch)
      if endsEpoch { try finishEpoch(position.epoch) }
    }
    try endEpochs()
  }

  /// What precedes the first epoch.
  func beginEpochs() throws {
    plan.unfreezing?.apply(inEpoch: position.epoch)
    if record.preflight == nil, plan.parallel?.isWriter != false {
      record.preflight = try alone { try measurePreflight(plan) }
    }
    record.status = .running
    try emit(.began(record))
    // Evaluation gives every layer its mode back.
    plan.model.train()
    try consultPolicies()
    if position.batch == 0 { try considerEnding(afterLoss: history.last?.trainLoss ?? .nan) }
  }

  /// Whether there is an epoch to train.
  var goesOn: Bool { record.status == .running && position.epoch <= plan.epochs }

  /// Whether an epoch whose steps are over is evaluated.
  var endsEpoch: Bool { record.status == .running || record.status == .stoppedEarly }

  /// What follows the last epoch.
  func endEpochs() throws {
    if record.status == .running { record.status = .completed }
    try settleCheckpoints()
  }
}
