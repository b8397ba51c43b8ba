import Foundation
import HoneData
import HoneNN
import HoneNumerics
import HoneTensor

/// Whether a model answers in evaluation as it was trained to: the same each time, and about what it
/// answers in training once the running statistics have settled.
public struct ModeProbe: Sendable {
  /// Seconds for letting running statistics settle.
  public var seconds = 5.0
  /// Batches at most for that.
  public var batches = 100
  /// The share that running statistics must have taken over from their beginning.
  public var settledShare = 0.95

  /// A probe with default settings.
  public init() {}

  /// What the modes came to.
  public struct Outcome: Sendable, Equatable {
    /// Whether two evaluations of the same batch agree.
    public var repeats: Bool
    /// The mean loss in training mode, dropout left out.
    public var trainLoss: Double
    /// The mean loss of the same batches in evaluation mode.
    public var evaluationLoss: Double
    /// Whether running statistics, where there are such, had settled.
    public var isSettled: Bool

    /// The loss in evaluation above or below that in training, of the loss in training.
    public var gap: Double { abs(evaluationLoss - trainLoss) / max(abs(trainLoss), 1e-12) }
  }

  /// Compares the modes, without lasting effect.
  /// - Parameter stopRequested: asked before each batch whether to give up.
  /// - Throws: `DataError` naming a sample that cannot be read; `TorchError`; `CancellationError` where
  ///   a stop was requested.
  public func run(
    _ plan: TrainingPlan, stopRequested: () -> Bool = { false }
  ) throws -> Outcome {
    let batch = try plan.training.batch(
      of: spaced(plan.training.indices, plan.training.options.batchSize))
    let norms = plan.model.namedModules.compactMap { $0.module as? BatchNorm }
    return try leavingUntouched(plan) {
      plan.model.evaluate()
      let (first, second) = try (losses(plan, batch, 1), losses(plan, batch, 2))
      let scale = first.map(abs).max() ?? 0
      let repeats = zip(first, second).allSatisfy { abs($0 - $1) <= 1e-5 * max(scale, 1e-6) }
      var outcome = Outcome(
        repeats: repeats, trainLoss: first.mean(), evaluationLoss: first.mean(), isSettled: true)
      guard !norms.isEmpty, batch.count > 1 else { return outcome }
      outcome.isSettled = try settle(plan, norms, stopRequested)
      setTraining(plan)
      outcome.trainLoss = try losses(plan, batch, 3).mean()
      plan.model.evaluate()
      outcome.evaluationLoss = try losses(plan, batch, 4).mean()
      return outcome
    }
  }

  /// Lets batches pass in training mode until the running statistics are theirs.
  private func settle(
    _ plan: TrainingPlan, _ norms: [BatchNorm], _ stopRequested: () -> Bool
  ) throws -> Bool {
    let slowest = norms.compactMap(\.momentum).filter { $0 > 0 }.min() ?? 1
    let needed = slowest >= 1 ? 1 : Int((log(1 - settledShare) / log(1 - slowest)).rounded(.up))
    guard needed <= batches else { return false }
    let start = ContinuousClock.now
    var epoch = 4_000_000
    var source = plan.training.epoch(epoch)
    defer { source.close() }
    setTraining(plan)
    for index in 0..<needed {
      if stopRequested() { throw CancellationError() }
      guard start.duration(to: .now) / .seconds(1) < seconds else { return false }
      var next = try source.next()
      if next == nil {
        epoch += 1
        source = plan.training.epoch(epoch)
        next = try source.next()
      }
      guard let batch = next else { return false }
      if batch.count > 1 { _ = try losses(plan, batch, UInt64(10 + index)) }
    }
    return true
  }

  private func setTraining(_ plan: TrainingPlan) {
    plan.model.train()
    for case let dropout as Dropout in plan.model.namedModules.map(\.module) {
      dropout.isTraining = false
    }
  }

  private func losses(_ plan: TrainingPlan, _ batch: HostBatch, _ seed: UInt64) throws -> [Double] {
    try catchingTorchErrors {
      withoutGradients {
        let output = plan.output(for: batch, noise: seed)
        return plan.loss.perSample(output, plan.target(of: batch, for: output))
          .values(as: Double.self)
      }
    }
  }
}
