import HoneData
import HoneNN
import HoneNumerics
import HoneOptim
public import HoneRecords
import HoneTensor

/// What a run will take, measured on a few steps without lasting effect.
public struct Forecast: Sendable, Equatable {
  /// Seconds of an optimiser step, its batches' preparation included.
  public var secondsPerStep: Double
  /// Seconds of a sample in evaluation.
  public var secondsPerEvaluatedSample: Double
  /// Memory that lasts from step to step.
  public var memory: PlanRecord.Memory

  /// Measures steps of a plan; a first one, which pays for what is made once, does not count.
  ///
  /// Weights, optimiser, modes and random state are as before afterwards.
  /// - Parameter steps: how many to take the median of.
  /// - Throws: `DataError` naming a sample that cannot be read; `TorchError`.
  /// - Precondition: `steps` is positive.
  public init(of plan: TrainingPlan, steps: Int = 5) throws {
    guard steps > 0 else {
      fatalError("A forecast was asked for from \(steps) steps; 1 is the least.")
    }
    self = try leavingUntouched(plan) { try Self.measure(plan, steps: steps) }
  }

  /// Seconds of the whole run, evaluations of each epoch included.
  public func seconds(of plan: TrainingPlan) -> Double {
    let evaluated = [plan.validation, plan.trainEvaluation].compactMap { $0?.indices.count }.sum()
    let epoch =
      Double(plan.stepsPerEpoch) * secondsPerStep + Double(evaluated) * secondsPerEvaluatedSample
    return Double(plan.epochs) * epoch
  }

  private init(
    secondsPerStep: Double, secondsPerEvaluatedSample: Double, memory: PlanRecord.Memory
  ) {
    self.secondsPerStep = secondsPerStep
    self.secondsPerEvaluatedSample = secondsPerEvaluatedSample
    self.memory = memory
  }

  private static func measure(_ plan: TrainingPlan, steps: Int) throws -> Forecast {
    plan.model.train()
    plan.optimizer.learningRate = plan.learningRate(atStep: 0, scale: 1)
    let clock = ContinuousClock()
    var batches = plan.training.epoch(1)
    defer { batches.close() }
    var times: [Double] = []
    var batch: HostBatch?
    let resident = MemoryGauge.resident
    MemoryGauge.resetPeak()
    for _ in 0...steps {
      let begun = clock.now
      for _ in 0..<plan.accumulation {
        var next = try batches.next()
        if next == nil {
          batches = plan.training.epoch(1)
          next = try batches.next()
        }
        batch = next ?? batch
      }
      guard let batch else { break }
      try catchingTorchErrors { step(plan, on: batch) }
      times.append(begun.duration(to: clock.now) / .seconds(1))
    }
    let peak = MemoryGauge.peak.flatMap { peak in resident.map { max(0, peak - $0) } }
    let evaluation = try batch.map { try evaluationSeconds(plan, $0, clock) } ?? 0
    return Forecast(
      secondsPerStep: times.count > 1 ? Array(times.dropFirst()).median() : times.first ?? 0,
      secondsPerEvaluatedSample: evaluation, memory: memory(of: plan, peak: peak))
  }

  /// A step on as many copies of a batch as a step of the plan has batches.
  private static func step(_ plan: TrainingPlan, on batch: HostBatch) {
    let term = { (_: Int) -> Tensor in
      let output = plan.output(for: batch, noise: plan.seed)
      return plan.objective(plan.trainingLoss(output, batch))
    }
    let bound = { _ = plan.completeGradients(measuring: false) }
    let objective = StepObjective(terms: plan.accumulation, boundGradients: bound, term: term)
    plan.optimizer.step(evaluating: objective)
    plan.completeStep()
    // The device may still be at work: reading a weight waits for it.
    _ = plan.optimizer.parameters.first.map { $0.value.detached().sum().item() }
  }

  private static func evaluationSeconds(
    _ plan: TrainingPlan, _ batch: HostBatch, _ clock: ContinuousClock
  ) throws -> Double {
    let begun = clock.now
    try catchingTorchErrors {
      plan.model.evaluating { withoutGradients { _ = plan.output(for: batch).sum().item() } }
    }
    return begun.duration(to: clock.now) / .seconds(1) / Double(max(batch.count, 1))
  }

  private static func memory(of plan: TrainingPlan, peak: Int?) -> PlanRecord.Memory {
    let parameters = plan.model.parameters.map(\.value)
    let buffers = plan.model.namedBuffers.map(\.buffer.value)
    return PlanRecord.Memory(
      parameters: (parameters + buffers).map { $0.count * $0.dtype.size }.sum(),
      gradients: plan.optimizer.parameters.map { $0.value.count * $0.value.dtype.size }.sum(),
      optimizer: plan.optimizer.state.tensors.filter { $0.name != "steps" }
        .map { $0.value.bytes.count }.sum(),
      // On a GPU the process's own memory says nothing.
      peak: plan.device.kind == .cpu ? peak : nil)
  }
}

extension [Int] {
  fileprivate func sum() -> Int { reduce(0, +) }
}

extension TrainingPlan {
  /// The learning rates of evenly spread steps, the first and the last among them, as the schedule
  /// has them before policies change them.
  /// - Parameter limit: the most to give, at least 2.
  public func learningRates(limit: Int = 1000) -> [PlanRecord.Rate] {
    schedule.points(stepsPerEpoch: stepsPerEpoch, epochs: epochs, limit: limit).map {
      PlanRecord.Rate(
        step: $0.step, epoch: $0.epoch, learningRate: learningRate(atStep: $0.step, scale: 1))
    }
  }
}
