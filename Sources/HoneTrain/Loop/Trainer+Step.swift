import HoneData
import HoneMetrics
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor

extension Trainer {
  /// Trains on one batch; changes the weights where the batch ends an optimiser step.
  /// - Returns: the batch's loss, not finite where training must end.
  /// - Throws: `TorchError`, as where memory does not suffice.
  func trainBatch(_ batch: HostBatch, microbatch: Int, endsStep: Bool) throws -> Double {
    seedDropout(microbatch)
    // Reading the loss waits for the device; training cannot go on with a loss that is not finite.
    let (output, objective, value) = try catchingTorchErrors {
      let output = forwardPass(
        batch, plan.model.callAsFunction, device: plan.device, precision: plan.precision,
        memoryFormat: plan.memoryFormat)
      let target = Tensor(batch.softLabels ?? batch.targets).to(plan.device, nonBlocking: true)
      let loss = plan.loss(output, target)
      let share = Scalar(1 / Double(plan.accumulation))
      return (output, plan.accumulation == 1 ? loss : loss * share, loss.item())
    }
    meter.add(loss: value, samples: batch.count)
    try addScore(of: output, for: batch)
    guard value.isFinite else { return value }
    try catchingTorchErrors { withPenalty(objective).backward() }
    if endsStep { try catchingTorchErrors { takeStep(loss: value) } }
    return value
  }

  private func withPenalty(_ objective: Tensor) -> Tensor {
    if plan.penalty.isZero { return objective }
    let weights = plan.optimizer.parameters.filter { $0.shape.count >= 2 }
    return objective + plan.penalty.loss(of: weights) * Scalar(1 / Double(plan.accumulation))
  }

  /// Dropout draws from libtorch's default generator: a seed for each batch makes every step
  /// independent of what was drawn before it, and a resumed run equal to the uninterrupted one.
  private func seedDropout(_ microbatch: Int) {
    var stream = RandomStream(seed: plan.seed, "dropout", step, microbatch)
    Torch.seed(stream.nextSeed())
  }

  private func addScore(of output: Tensor, for batch: HostBatch) throws {
    guard plan.metric == .accuracy, batch.softLabels == nil else { return }
    let classes = output.shape.last ?? 1
    let logits = try catchingTorchErrors { withoutGradients { output.floats } }
    batch.targets.withUnsafeBytes { raw in
      let labels = raw.bindMemory(to: Int64.self)
      var correct = 0
      for row in 0..<batch.count {
        if classes == 1 {
          // One logit of a binary task: positive means the second class.
          if (logits[row] > 0) == (labels[row] == 1) { correct += 1 }
          continue
        }
        let label = row * classes + Int(labels[row])
        let logit = logits[label]
        let isLargest = (0..<classes).allSatisfy {
          let index = row * classes + $0
          return index == label || logits[index] < logit
        }
        if isLargest { correct += 1 }
      }
      meter.add(score: Double(correct), samples: batch.count)
    }
  }

  private func takeStep(loss: Double) {
    step += 1
    let moment = ScheduleMoment(
      step: step - 1, stepsPerEpoch: plan.stepsPerEpoch, epochs: plan.epochs)
    plan.optimizer.learningRate =
      plan.learningRate * rateScale * plan.schedule.factor(at: moment)
    let isSampled = StepSampling.isSampled(step)
    let norm = clip(measuring: isSampled)
    let ratio = isSampled ? updateRatio { plan.optimizer.step() } : nil
    if !isSampled { plan.optimizer.step() }
    plan.optimizer.clearGradients()
    plan.maxNorm?.apply(to: plan.optimizer.parameters)
    guard isSampled else { return }
    if let norm { meter.gradientNorms.append(norm) }
    if let ratio { meter.updateRatios.append(ratio) }
    let sample = StepRecord(
      step: step, epoch: history.count + 1, loss: loss, learningRate: plan.optimizer.learningRate,
      gradientNorm: norm, updateRatio: ratio)
    sampledSteps.append(sample)
  }

  /// Bounds the gradients; returns their norm before, where it was wanted.
  private func clip(measuring: Bool) -> Double? {
    let parameters = plan.optimizer.parameters
    switch plan.clipping {
    case .norm(let limit):
      let norm = clipGradients(of: parameters, toNorm: limit)
      return measuring ? norm.item() : nil
    case .value(let limit):
      let norm = measuring ? globalGradientNorm(of: parameters).item() : nil
      clipGradients(of: parameters, toValue: limit)
      return norm
    case nil:
      return measuring ? globalGradientNorm(of: parameters).item() : nil
    }
  }

  /// The norm of the change that a step makes over the norm of the weights.
  private func updateRatio(_ body: () -> Void) -> Double? {
    let values = plan.optimizer.parameters.map(\.value)
    let before = withoutGradients { values.map { $0.detached().clone() } }
    body()
    return withoutGradients {
      let changes = ATen._foreach_sub_List(values.map { $0.detached() }, other: before)
      let weightNorm = Tensor.stacked(ATen._foreach_norm_Scalar(before)).norm().item()
      let changeNorm = Tensor.stacked(ATen._foreach_norm_Scalar(changes)).norm().item()
      return weightNorm > 0 ? changeNorm / weightNorm : nil
    }
  }
}
