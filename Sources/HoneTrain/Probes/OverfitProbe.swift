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
  }

  /// Trains on one batch, without augmentation and without lasting effect.
  ///
  /// Dropout and batch statistics stay in evaluation mode: the question is capacity and wiring.
  /// - Throws: `DataError` naming a sample that cannot be read.
  public func run(_ plan: TrainingPlan) throws -> Outcome {
    let chosen = Array(plan.training.indices.prefix(samples))
    let batch = try plan.training.batch(of: chosen)
    let state = plan.optimizer.state
    let rate = plan.optimizer.learningRate
    let outcome = try leavingUntouched(plan.model, on: plan.device) { try train(plan, on: batch) }
    try plan.optimizer.load(state)
    plan.optimizer.learningRate = rate
    return outcome
  }

  private func train(_ plan: TrainingPlan, on batch: HostBatch) throws -> Outcome {
    let target = Tensor(batch.targets).to(plan.device)
    var outcome = Outcome(firstLoss: .nan, lastLoss: .nan, steps: 0, isLearned: false)
    plan.optimizer.learningRate = plan.learningRate
    for step in 0..<steps {
      let loss = try catchingTorchErrors {
        let output = forwardPass(
          batch, plan.model.callAsFunction, device: plan.device, precision: plan.precision,
          memoryFormat: plan.memoryFormat)
        let loss = plan.loss(output, target)
        outcome.lastLoss = loss.item()
        return loss
      }
      outcome.steps = step
      if step == 0 { outcome.firstLoss = outcome.lastLoss }
      outcome.isLearned = outcome.lastLoss < learnedShare * outcome.firstLoss
      if outcome.isLearned || !outcome.lastLoss.isFinite { break }
      try catchingTorchErrors { loss.backward() }
      try catchingTorchErrors { plan.optimizer.step() }
      plan.optimizer.clearGradients()
    }
    return outcome
  }
}
