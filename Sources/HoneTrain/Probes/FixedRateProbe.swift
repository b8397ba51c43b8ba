import HoneData
import HoneNN
import HoneNumerics
import HoneOptim
import HoneTensor

/// Whether the loss falls within some steps at one learning rate, without warm-up or schedule
/// (Karpathy, Stanford CS231n: about a hundred steps are enough to see it).
public struct FixedRateProbe: Sendable {
  /// Steps at most.
  public var steps = 100
  /// The share of the steps at the end whose losses are averaged.
  public var tail = 0.1

  /// A probe with default settings.
  public init() {}

  /// What a probe saw.
  public struct Outcome: Sendable, Equatable {
    /// The rate.
    public var learningRate: Double
    /// The loss of each step's batch before the step; shorter than asked for where it was not finite.
    public var losses: [Double]
    /// The mean over the last steps; not a number where the loss was not finite.
    public var last: Double
    /// The standard error of that mean over batches.
    public var error: Double
  }

  /// Trains at one rate, without lasting effect.
  ///
  /// Penalties and clipping are the plan's; dropout and augmentation are on, as in training.
  /// - Parameter stopRequested: asked before each step whether to give up.
  /// - Throws: `DataError` naming a sample that cannot be read; `TorchError`; `CancellationError` where
  ///   a stop was requested.
  public func run(
    _ plan: TrainingPlan, at rate: Double, stopRequested: () -> Bool = { false }
  ) throws -> Outcome {
    let losses = try leavingUntouched(plan) {
      try train(plan, at: rate, stopRequested: stopRequested)
    }
    let count = max(2, Int((Double(steps) * tail).rounded()))
    let end = Array(losses.suffix(count))
    let isWhole = losses.count == steps && end.allSatisfy(\.isFinite)
    return Outcome(
      learningRate: rate, losses: losses, last: isWhole ? end.mean() : .nan,
      error: isWhole && end.count > 1 ? end.standardError() : .nan)
  }

  private func train(
    _ plan: TrainingPlan, at rate: Double, stopRequested: () -> Bool
  ) throws -> [Double] {
    plan.model.train()
    plan.optimizer.learningRate = rate
    var losses: [Double] = []
    // No run comes to epochs of such numbers: other batches than those it will train on.
    var epoch = 2_000_000
    var batches = plan.training.epoch(epoch)
    defer { batches.close() }
    for step in 0..<steps {
      if stopRequested() { throw CancellationError() }
      var next = try batches.next()
      if next == nil {
        epoch += 1
        batches = plan.training.epoch(epoch)
        next = try batches.next()
      }
      guard let batch = next else { break }
      var stream = RandomStream(seed: plan.seed, "fixed rate", step)
      let noise = stream.nextSeed()
      let (loss, value) = try catchingTorchErrors {
        let output = plan.output(for: batch, noise: noise)
        let loss = plan.loss(output, plan.target(of: batch, for: output))
        return (plan.objective(loss), loss.item())
      }
      losses.append(value)
      guard value.isFinite else { break }
      try plan.takeProbeStep(by: loss, on: batch, number: step, completing: true)
    }
    return losses
  }
}
