import HoneData
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor

/// Whether a model learns from its inputs: a few steps on the data against as many on zeros in their
/// place, from the same weights with the same labels (Karpathy 2019, the input-independent baseline).
public struct ZeroInputProbe: Sendable {
  /// Steps of each kind at most.
  public var steps = 100
  /// Training samples that both are judged by.
  public var samples = 256
  /// Seconds for both kinds together.
  public var seconds = 10.0

  /// A probe with default settings.
  public init() {}

  /// What the two kinds of steps came to.
  public struct Outcome: Sendable, Equatable {
    /// The mean loss of the samples after steps on the data.
    public var loss: Double
    /// The mean loss with zeros for inputs after steps on zeros.
    public var zeroLoss: Double
    /// The standard error of the difference over samples.
    public var error: Double
    /// Steps taken of each kind.
    public var steps: Int
    /// Whether the inputs help by more than two standard errors.
    public var usesInputs: Bool { zeroLoss - loss > 2 * error }
  }

  /// Trains both ways, without augmentation, dropout and lasting effect.
  /// - Parameter stopRequested: asked before each step whether to give up.
  /// - Returns: nil for texts, and for optimisers that choose their own steps.
  /// - Throws: `DataError` naming a sample that cannot be read; `TorchError`; `CancellationError` where
  ///   a stop was requested.
  public func run(
    _ plan: TrainingPlan, stopRequested: () -> Bool = { false }
  ) throws -> Outcome? {
    guard plan.training.preprocessor.input != .text, !(plan.optimizer is any ClosureOptimizer)
    else { return nil }
    let start = ContinuousClock.now
    var taken = steps
    let real = try train(plan, onZeros: false, &taken, stopRequested) {
      start.duration(to: .now) / .seconds(1) < seconds / 2
    }
    let zero = try train(plan, onZeros: true, &taken, stopRequested) { true }
    let differences = zip(zero, real).map { $0 - $1 }
    return Outcome(
      loss: real.mean(), zeroLoss: zero.mean(), error: differences.standardError(), steps: taken)
  }

  /// The losses of the samples after some steps; `taken` becomes the number of steps.
  private func train(
    _ plan: TrainingPlan, onZeros: Bool, _ taken: inout Int, _ stopRequested: () -> Bool,
    _ hasTime: () -> Bool
  ) throws -> [Double] {
    let judged = try plan.training.batch(of: spaced(plan.training.indices, samples))
    // No run comes to epochs of such numbers, nor does the range test.
    var epoch = 3_000_000
    var batches = plan.training.epoch(epoch)
    defer { batches.close() }
    return try leavingUntouched(plan) {
      if judged.count > 1 { plan.model.train() }
      for case let dropout as Dropout in plan.model.namedModules.map(\.module) {
        dropout.isTraining = false
      }
      plan.optimizer.learningRate = plan.learningRate
      var step = 0
      while step < taken, hasTime() {
        if stopRequested() { throw CancellationError() }
        var next = try batches.next()
        if next == nil {
          epoch += 1
          batches = plan.training.epoch(epoch)
          next = try batches.next()
        }
        guard let batch = next else { break }
        let loss = try catchingTorchErrors { () -> Tensor in
          let output = output(plan, batch, onZeros)
          return plan.objective(plan.loss(output, plan.target(of: batch, for: output)))
        }
        try plan.takeProbeStep(by: loss, on: batch, number: step, completing: true)
        step += 1
      }
      taken = step
      return try catchingTorchErrors {
        withoutGradients {
          let output = output(plan, judged, onZeros)
          return plan.loss.perSample(output, plan.target(of: judged, for: output))
            .values(as: Double.self)
        }
      }
    }
  }

  private func output(_ plan: TrainingPlan, _ batch: HostBatch, _ onZeros: Bool) -> Tensor {
    let inputs =
      onZeros ? HostTensor(zeros: batch.inputs.shape, dtype: batch.inputs.dtype) : batch.inputs
    return withRandomSource(RandomSource(seed: plan.seed, device: plan.device)) {
      forwardPass(
        inputs, plan.model.callAsFunction, device: plan.device, precision: plan.precision,
        memoryFormat: plan.memoryFormat)
    }
  }
}
