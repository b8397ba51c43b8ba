import HoneData
import HoneMetrics
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor

extension Trainer {
  /// Trains on one batch; changes the weights where the batch ends an optimiser step.
  /// - Parameter number: the batch's place in the epoch, counted from 1.
  /// - Returns: the batch's loss, not finite where training must end.
  /// - Throws: `TorchError`, as where memory does not suffice.
  func trainBatch(_ batch: HostBatch, number: Int, endsStep: Bool) throws -> Double {
    if let optimizer = plan.optimizer as? any ClosureOptimizer {
      return try trainBatch(batch, number: number, endsStep: endsStep, by: optimizer)
    }
    if endsStep, let taken = try stepWithoutGraph(batch, number: number) {
      let right = plan.metric == .accuracy ? taken.right : nil
      return try takeBatch(batch, number: number, loss: taken.loss, right: right)
    }
    plan.parallel?.prepare(batchOf: plan.training.samples(inBatch: number - 1))
    let isScored = plan.metric == .accuracy && batch.softLabels == nil
    var right = 0
    // A batch that is lost with another process comes again: running statistics must not count it twice.
    if plan.parallel != nil, plan.parts.hasBuffers { isInsideStep = true }
    // Reading the loss waits for the device; training cannot go on with a loss that is not finite.
    let (loss, ownValue) = try catchingTorchErrors {
      let output = observed(endsStep) {
        plan.output(for: batch, noise: plan.noiseSeed(step: step, number: number))
      }
      let loss = plan.trainingLoss(output, batch)
      let value = loss.item()
      if isScored { right = correctAnswers(in: plan.logits(from: output), for: batch) }
      return (plan.objective(loss), value)
    }
    let value = try measure(batch, number: number, loss: ownValue, right: isScored ? right : nil)
    guard value.isFinite else {
      keepLayerSample()
      return value
    }
    isInsideStep = true
    let share = plan.shareOfStep(batch, number: number)
    let factor = share * (scaler?.scale ?? 1)
    if endsStep { plan.parallel?.beginExchange(of: plan.trainedParameters) }
    try catchingTorchErrors { (factor == 1 ? loss : loss * Scalar(factor)).backward() }
    if endsStep { try plan.parallel?.finishExchange() }
    stepBatches.append((batch, number))
    return endsStep ? try endStep(loss: value) : value
  }

  /// The loss and the gradients of a batch in one call, the same as by the graph; nil where the step has
  /// more than a model of dense layers and a cross-entropy.
  private func stepWithoutGraph(
    _ batch: HostBatch, number: Int
  ) throws -> (loss: Double, right: Int)? {
    guard let dense = plan.parts.denseStep, let smoothing = plan.loss.plainCrossEntropySmoothing,
      batch.softLabels == nil, plan.device == .cpu, plan.precision == .float32,
      plan.accumulation == 1, scaler == nil, plan.parallel == nil, plan.distillation == nil
    else { return nil }
    return try catchingTorchErrors {
      stepSource.begin(seed: plan.noiseSeed(step: step, number: number))
      return withRandomSource(stepSource) {
        observed(true) {
          dense(Tensor(batch.inputs), labels: Tensor(batch.targets), smoothing: smoothing)
        }
      }
    }
  }

  /// Goes on with a batch whose loss was computed elsewhere and whose gradients lie on the parameters.
  /// - Parameters:
  ///   - number: the batch's place in the epoch, counted from 1.
  ///   - right: how many of its samples were named rightly; nil where that is not asked.
  /// - Returns: the batch's loss, not finite where training must end.
  func takeBatch(_ batch: HostBatch, number: Int, loss: Double, right: Int?) throws -> Double {
    let value = try measure(batch, number: number, loss: loss, right: right)
    guard value.isFinite else {
      keepLayerSample()
      return value
    }
    isInsideStep = true
    stepBatches.append((batch, number))
    return try endStep(loss: value)
  }

  /// Changes the weights by the gradients that lie on them.
  /// - Returns: the loss, not finite where training must end.
  private func endStep(loss value: Double) throws -> Double {
    let uphill = try repeatWherePerturbed()
    guard uphill.isFinite else { return uphill }
    try catchingTorchErrors { try takeStep(loss: value) }
    isInsideStep = false
    stepBatches = []
    // Gradients that no scale makes finite are as bad as such a loss.
    if scaler?.isExhausted ?? false { return .nan }
    return value
  }

  /// Adds a batch to the epoch's sums.
  /// - Returns: the batch's loss; that of all processes' parts where several train together.
  private func measure(
    _ batch: HostBatch, number: Int, loss: Double, right: Int?
  ) throws -> Double {
    var (loss, right, samples) = (loss, right, batch.count)
    if let parallel = plan.parallel {
      samples = plan.training.samples(inBatch: number - 1)
      let whole = try parallel.combine(
        loss: loss, right: right ?? 0, samples: samples, stops: stopRequested())
      loss = whole.loss
      right = right.map { _ in whole.right }
    }
    meter.add(loss: loss, samples: samples)
    if let right { meter.add(score: Double(right), samples: samples) }
    return loss
  }

  /// Takes the gradients of the step's batches anew where the optimiser wants those of another point,
  /// with the same dropout and without moving running statistics a second time.
  /// - Returns: the loss there, not finite where training must end; zero where there was no need.
  private func repeatWherePerturbed() throws -> Double {
    guard try catchingTorchErrors({ plan.optimizer.perturb() }) else { return 0 }
    plan.optimizer.clearGradients()
    let buffers = plan.model.namedBuffers.map(\.buffer)
    let statistics = withoutGradients { buffers.map { $0.value.clone() } }
    defer { for (buffer, value) in zip(buffers, statistics) { buffer.assign(value) } }
    var sum = 0.0
    do {
      for (batch, number) in stepBatches {
        plan.parallel?.prepare(batchOf: plan.training.samples(inBatch: number - 1))
        let share = Scalar(plan.shareOfStep(batch, number: number))
        let loss = try catchingTorchErrors {
          let output = plan.output(
            for: batch, noise: plan.noiseSeed(step: step, number: number))
          return plan.objective(plan.trainingLoss(output, batch)) * share
        }
        sum += loss.item()
        if number == stepBatches.last?.number {
          plan.parallel?.beginExchange(of: plan.trainedParameters)
        }
        try catchingTorchErrors { loss.backward() }
      }
      if let parallel = plan.parallel {
        try parallel.finishExchange()
        sum = try parallel.group.sum([sum])[0]
      }
    } catch {
      plan.optimizer.unperturb()
      throw error
    }
    if !sum.isFinite { plan.optimizer.unperturb() }
    return sum
  }

  private func takeStep(loss: Double) throws {
    step += 1
    plan.optimizer.learningRate = plan.learningRate(atStep: step - 1, scale: rateScale)
    guard scaler?.unscale(plan.trainedParameters) ?? true else {
      return plan.optimizer.clearGradients()
    }
    let isSampled = plan.measuresSteps && StepSampling.isSampled(step)
    layerSampler?.noteGradients()
    for observer in stepObservers {
      try observer.lookInto(
        step: step, epoch: position.epoch, batches: stepBatches.map(\.batch))
    }
    let norm = plan.completeGradients(measuring: isSampled)
    addGradientNoise()
    let ratio = isSampled ? updateRatio { plan.optimizer.step() } : nil
    if !isSampled { plan.optimizer.step() }
    layerSampler?.noteUpdate()
    keepLayerSample()
    plan.optimizer.clearGradients()
    plan.completeStep()
    updateAverage()
    guard isSampled else { return }
    if let norm { meter.gradientNorms.append(norm) }
    if let ratio { meter.updateRatios.append(ratio) }
    let sample = StepRecord(
      step: step, epoch: position.epoch, loss: loss, learningRate: plan.optimizer.learningRate,
      gradientNorm: norm, updateRatio: ratio)
    sampledSteps.append(sample)
  }

  /// Each step has noise of its own, whatever was drawn before: a resumed run draws the same.
  private func addGradientNoise() {
    guard let noise = plan.gradientNoise else { return }
    var stream = RandomStream(seed: plan.seed, "gradient noise", step - 1)
    noise.add(to: plan.optimizer.parameters, step: step - 1, using: &stream)
  }

  /// The weights up to whose number a copy of them is kept between measured steps.
  private static let mostKept = 1 << 20

  /// The norm of the change that a step makes over the norm of the weights.
  func updateRatio(_ body: () -> Void) -> Double? {
    let values = plan.trainedParameters.map(\.value)
    weightsBefore.take(values)
    let before = weightsBefore.tensors
    // Memory kept from step to step saves as much as the rest of the measurement takes, of small models.
    if values.reduce(0, { $0 + $1.count }) > Self.mostKept { weightsBefore = CopiedValues() }
    body()
    return withoutGradients {
      if let sums = SquareSums(before, comparedWith: values) {
        return sums.values > 0 ? (sums.differences / sums.values).squareRoot() : nil
      }
      let changes = ATen._foreach_sub_List(values, other: before)
      let weightNorm = Tensor.stacked(ATen._foreach_norm_Scalar(before)).norm().item()
      let changeNorm = Tensor.stacked(ATen._foreach_norm_Scalar(changes)).norm().item()
      return weightNorm > 0 ? changeNorm / weightNorm : nil
    }
  }
}

/// How many samples of a batch a classifier's output names rightly: those whose label's logit is
/// the only largest one; with a single logit its sign decides.
///
/// Waits for the device.
func correctAnswers(in output: Tensor, for batch: HostBatch) -> Int {
  if output.isPoisoned { return 0 }
  return correctAnswers(in: output.hostTensor(), at: 0, for: batch)
}

/// How many samples of a batch logits name rightly.
/// - Parameters:
///   - logits: rows of one logit for each class.
///   - start: the row of the batch's first sample.
func correctAnswers(in logits: HostTensor, at start: Int, for batch: HostBatch) -> Int {
  let classes = logits.shape.last ?? 1
  return logits.withUnsafeBytes { rawLogits in
    batch.targets.withUnsafeBytes { rawLabels in
      let logits = rawLogits.bindMemory(to: Float.self)
      let labels = rawLabels.bindMemory(to: Int64.self)
      return (0..<batch.count).count { row in
        let label = Int(labels[row])
        let first = (start + row) * classes
        if classes == 1 { return label == 1 ? logits[first] > 0 : logits[first] <= 0 }
        guard (0..<classes).contains(label) else { return false }
        let logit = logits[first + label]
        return (0..<classes).allSatisfy { $0 == label || logits[first + $0] < logit }
      }
    }
  }
}
