import HoneData
import HoneNN
import HoneNumerics
import HoneOptim
import HoneTensor

/// Whether the model can learn one small batch by heart (Karpathy 2019, "A Recipe for Training Neural
/// Networks"): a model, loss and optimiser that are wired up right bring its loss near zero.
public struct OverfitProbe: Sendable {
  /// Samples in the batch.
  public var samples = 32
  /// Steps at most.
  public var steps = 300
  /// The share of the first loss at which the batch counts as learned.
  public var learnedShare = 0.05
  /// The share of the first loss that is enough for a classifier that names every sample rightly:
  /// label smoothing keeps a loss from zero.
  public var namedShare = 0.5

  /// A probe with default settings.
  public init() {}

  /// How a probe ended.
  public struct Outcome: Sendable, Equatable {
    /// The loss before the first step.
    public var firstLoss: Double
    /// The loss after the last step.
    public var lastLoss: Double
    /// Steps taken.
    public var steps: Int
    /// Whether the batch was learned.
    public var isLearned: Bool
    /// Samples of the batch.
    public var samples = 0
    /// Samples that were named rightly after the last step; nil where none can be.
    public var named: Int?
  }

  /// Trains on one batch, without augmentation, dropout and lasting effect.
  ///
  /// Batch normalisation uses the batch's own statistics, as in training.
  /// - Parameter stopRequested: asked before each step whether to give up.
  /// - Throws: `DataError` naming a sample that cannot be read; `TorchError`; `CancellationError` where
  ///   a stop was requested.
  public func run(
    _ plan: TrainingPlan, stopRequested: () -> Bool = { false }
  ) throws -> Outcome {
    let chosen = Array(plan.training.indices.prefix(samples))
    let batch = try plan.training.batch(of: chosen)
    return try leavingUntouched(plan) {
      try train(plan, on: batch, stopRequested: stopRequested)
    }
  }

  private func train(
    _ plan: TrainingPlan, on batch: HostBatch, stopRequested: () -> Bool
  ) throws -> Outcome {
    // Batch statistics of one sample have no spread.
    if batch.count > 1 { plan.model.train() }
    for case let dropout as Dropout in plan.model.namedModules.map(\.module) {
      dropout.isTraining = false
    }
    var outcome = Outcome(firstLoss: .nan, lastLoss: .nan, steps: 0, isLearned: false)
    outcome.samples = batch.count
    plan.optimizer.learningRate = plan.learningRate
    for step in 0...steps {
      if stopRequested() { throw CancellationError() }
      let (loss, named) = try catchingTorchErrors {
        let noise = plan.noiseSeed(step: step, number: 1)
        let output = plan.output(for: batch, noise: noise)
        let loss = plan.loss(output, plan.target(of: batch, for: output))
        outcome.lastLoss = loss.item()
        let isClassifier = !plan.training.dataset.labels.isEmpty
        return (
          plan.objective(loss),
          isClassifier ? correctAnswers(in: plan.logits(from: output), for: batch) : nil
        )
      }
      outcome.steps = step
      if step == 0 { outcome.firstLoss = outcome.lastLoss }
      outcome.named = named
      let share = named == batch.count ? namedShare : learnedShare
      outcome.isLearned = outcome.lastLoss < share * outcome.firstLoss
      if outcome.isLearned || !outcome.lastLoss.isFinite || step == steps { break }
      try plan.takeProbeStep(by: loss, on: batch, number: step, completing: false)
    }
    return outcome
  }
}
