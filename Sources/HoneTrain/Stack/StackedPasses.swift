import HoneData
import HoneMetrics
import HoneNN
import HoneOptim
import HoneTensor

/// The steps of several runs as one: forward and backward passes, and what their optimisers do with the
/// gradients where that is all that a step does.
final class StackedPasses {
  /// A run's part of a batch.
  struct Part {
    let loss: Double
    /// How many samples were named rightly; nil where that is not asked.
    let right: Int?
  }

  let trainers: [Trainer]
  private let stack: LayerStack
  /// The optimisers' common step; nil where each run takes its own.
  private let update: StackedUpdate?
  /// Whether one computation gives the losses of all.
  private let sharesLoss: Bool
  /// Whether the runs are evaluated on the same samples, with the weights that they train.
  let sharesEvaluation: Bool

  private var plan: TrainingPlan { trainers[0].plan }

  /// Passes of runs that keep step and have the same layers.
  init(_ trainers: [Trainer]) {
    self.trainers = trainers
    let plans = trainers.map(\.plan)
    stack = LayerStack(plans.map(\.model), seeds: plans.map(\.seed))
    update =
      trainers.allSatisfy(\.leavesStepsToOptimizer)
      ? StackedUpdate(plans.map(\.optimizer), stack.shares) : nil
    let first = plans[0]
    sharesLoss = first.loss.isMeanOfSamples && plans.allSatisfy { $0.loss == first.loss }
    sharesEvaluation = plans.allSatisfy {
      $0.averaging == nil && giveTheSame($0.validation, first.validation)
        && giveTheSame($0.trainEvaluation, first.trainEvaluation)
    }
  }

  /// Whether the passes are those of exactly these runs.
  func areOf(_ others: [Trainer]) -> Bool {
    trainers.count == others.count && zip(trainers, others).allSatisfy { $0 === $1 }
  }

  /// Trains every run on a batch.
  /// - Parameter number: the batch's place in the epoch, counted from 1.
  /// - Returns: for each run its loss, not finite where it must end, or the error that ends it.
  /// - Throws: `TorchError`, as where memory does not suffice for all runs at once; nothing has changed.
  func train(on batch: HostBatch, number: Int) throws -> [Result<Double, any Error>] {
    let parts = try takeGradients(of: batch, number: number)
    if let update, parts.allSatisfy(\.loss.isFinite) {
      return take(update, batch, parts)
    }
    stack.handOutGradients()
    return zip(trainers, parts).map { trainer, part in
      Result {
        try trainer.takeBatch(batch, number: number, loss: part.loss, right: part.right)
      }
    }
  }

  /// The optimisers' common step; what fails in it ends every run.
  private func take(
    _ update: StackedUpdate, _ batch: HostBatch, _ parts: [Part]
  ) -> [Result<Double, any Error>] {
    for (trainer, part) in zip(trainers, parts) { trainer.beginSharedStep(batch, part) }
    let isSampled = trainers.contains(where: \.samplesStep)
    do {
      let measured = try catchingTorchErrors { update.step(measuring: isSampled) }
      for (place, trainer) in trainers.enumerated() {
        trainer.endSharedStep(
          loss: parts[place].loss, norm: measured?.gradientNorms[place],
          ratio: measured?.updateRatios[place])
      }
      return parts.map { .success($0.loss) }
    } catch {
      return parts.map { _ in .failure(error) }
    }
  }

  /// Computes the loss of a batch for every run, and its gradients.
  private func takeGradients(of batch: HostBatch, number: Int) throws -> [Part] {
    let isScored = plan.metric == .accuracy && batch.softLabels == nil
    return try catchingTorchErrors {
      let output = stack(Tensor(batch.inputs).to(plan.device, nonBlocking: true)) { [trainers] in
        trainers[$0].plan.noiseSeed(step: trainers[$0].step, number: number)
      }
      if output.isPoisoned { return [] }
      let losses = losses(of: output, batch)
      let values = losses.values(as: Double.self)
      let logits = isScored ? withoutGradients { output.contiguous() }.hostTensor() : nil
      losses.sum().backward()
      return values.enumerated().map { place, loss in
        let right = logits.map {
          correctAnswers(in: $0, at: place * batch.count, for: batch)
        }
        return Part(loss: loss, right: right)
      }
    }
  }

  /// The loss of each run, `[runs]`.
  private func losses(of output: Tensor, _ batch: HostBatch) -> Tensor {
    let shape = output.shape
    guard sharesLoss, batch.softLabels == nil else {
      return Tensor.stacked(
        trainers.enumerated().map { place, trainer in
          let own = output.selected(place, along: 0)
          return trainer.plan.loss(own, trainer.plan.target(of: batch, for: own))
        })
    }
    let target = Tensor(batch.targets).to(plan.device, nonBlocking: true)
    let targets = target.unsqueezed(at: 0).expanded(to: [shape[0]] + target.shape)
      .reshaped([shape[0] * shape[1]] + target.shape.dropFirst())
    return plan.loss.perSample(output.reshaped([shape[0] * shape[1], shape[2]]), targets)
      .reshaped([shape[0], shape[1]]).mean(along: [1])
  }

  /// Evaluates every run on a loader's samples, without augmentation.
  /// - Parameter isStopped: asked before each batch whether to give up.
  /// - Returns: a result for each run; nil where the answer was yes.
  /// - Throws: `DataError` naming a sample that cannot be read; `TorchError`.
  func evaluate(
    on loader: DataLoader, isStopped: () -> Bool
  ) throws -> [EvaluationResult]? {
    let loader = try loader.inOrder()
    let evaluators = trainers.map { Evaluator(loss: $0.plan.loss, device: $0.plan.device) }
    var results = [EvaluationResult](repeating: EvaluationResult(), count: trainers.count)
    let batches = loader.epoch(0)
    defer { batches.close() }
    try withoutGradients {
      while let batch = try batches.next() {
        if isStopped() { break }
        let outputs = try catchingTorchErrors {
          ATen.unbind_int(
            stack(Tensor(batch.inputs).to(plan.device, nonBlocking: true), noise: nil))
        }
        for (place, output) in outputs.enumerated() {
          try evaluators[place].add(
            batch, of: loader, outputs: { _ in output }, to: &results[place])
        }
      }
    }
    return isStopped() ? nil : results
  }
}
