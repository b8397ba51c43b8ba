import HoneData
import HoneNN
import HoneNumerics
import HoneOptim
import HoneTensor

// What the trainer and the probes do alike with a batch and its gradients.
extension TrainingPlan {
  /// The model's output for a batch, as float32.
  /// - Parameter seed: what dropout and noise are drawn by, whatever else the process draws; nil leaves
  ///   them to the thread's source.
  func output(for batch: HostBatch, noise seed: UInt64? = nil) -> Tensor {
    withRandomSource(seed.map { RandomSource(seed: $0, device: device) }) {
      forwardPass(
        batch, model.callAsFunction, device: device, precision: precision,
        memoryFormat: memoryFormat)
    }
  }

  /// The seed of what a batch's forward pass draws: every step is independent of what was drawn before
  /// it, so that a resumed run equals the uninterrupted one.
  /// - Parameters:
  ///   - step: the number of the step, from 0.
  ///   - number: the batch's place in the epoch, counted from 1.
  func noiseSeed(step: Int, number: Int) -> UInt64 {
    var stream = RandomStream(seed: seed, "dropout", step, number)
    if let rank = parallel?.group.rank, rank > 0 {
      // Each process has other samples and other masks; rank 0's are those of a single process.
      stream = RandomStream(seed: seed, "dropout", step, number, rank)
    }
    return stream.nextSeed()
  }

  /// The target of a batch in the form that the loss takes beside an output.
  func target(of batch: HostBatch, for output: Tensor) -> Tensor {
    guard let shares = batch.softLabels else {
      return Tensor(batch.targets).to(device, nonBlocking: true)
    }
    let target = Tensor(shares).to(device, nonBlocking: true)
    // A single logit speaks of the second of two classes.
    return output.shape.last == 1 && target.shape.last == 2
      ? target.sliced(1..<2, along: 1) : target
  }

  /// A classifier's output as logits, without a record for differentiation.
  func logits(from output: Tensor) -> Tensor {
    loss.takesProbabilities ? withoutGradients { loss.logits(from: output) } : output
  }

  /// What the gradients are taken of: a batch's loss with what the model's layers have collected as
  /// penalties in its forward pass.
  func objective(_ loss: Tensor) -> Tensor {
    var sum = loss
    for layer in parts.activityLayers {
      if let penalty = layer.takePenalty() { sum += penalty }
    }
    return sum
  }

  /// The share of a batch among the samples of its optimiser step; where processes train together, the
  /// share of this process's part of it.
  ///
  /// Gradients of batch means, each times its share, add up to the gradient of the mean over all of the
  /// step's samples (with class weights: nearly, because their sums differ between batches).
  /// - Parameter number: the batch's place in the epoch, counted from 1.
  func shareOfStep(_ batch: HostBatch, number: Int) -> Double {
    guard let parallel else { return shareOfStep(batch.count, number: number) }
    let whole = training.samples(inBatch: number - 1)
    return shareOfStep(parallel.share.rows(of: whole).count, number: number)
  }

  private func shareOfStep(_ own: Int, number: Int) -> Double {
    if accumulation == 1, parallel == nil { return 1 }
    let first = (number - 1) / accumulation * accumulation
    let end = min(first + accumulation, training.batchesPerEpoch)
    let samples = (first..<end).reduce(0) { $0 + training.samples(inBatch: $1) }
    return Double(own) / Double(samples)
  }

  /// The optimiser's parameters but those that are frozen at this step.
  var trainedParameters: [Parameter] { optimizer.parameters.filter(\.isTrainable) }

  /// Adds the penalty's gradient, then bounds the gradients.
  /// - Returns: the norm of all gradients before they were bounded, where it was wanted.
  func completeGradients(measuring: Bool) -> Double? {
    if !measuring, clipping == nil, penalty.isZero { return nil }
    let parameters = trainedParameters
    if !penalty.isZero {
      penalty.addGradients(to: parameters.filter { $0.value.rank >= 2 })
    }
    switch clipping {
    case .norm(let limit):
      let norm = clipGradients(of: parameters, toNorm: limit)
      return measuring ? norm.item() : nil
    case .value(let limit):
      let norm = measuring ? globalGradientNorm(of: parameters).item() : nil
      clipGradients(of: parameters, toValue: limit)
      return norm
    case .normEach(let limit):
      let norm = measuring ? globalGradientNorm(of: parameters).item() : nil
      clipGradients(of: parameters, toNormEach: limit)
      return norm
    case .adaptive(let clipping, let includesLastLayer):
      let norm = measuring ? globalGradientNorm(of: parameters).item() : nil
      let spared = includesLastLayer ? [] : parts.lastLayer
      clipping.apply(to: parameters.filter { !spared.contains(ObjectIdentifier($0)) })
      return norm
    case nil:
      return measuring ? globalGradientNorm(of: parameters).item() : nil
    }
  }

  /// What follows the optimiser's step: shrinks weights and brings them back into their bounds.
  func completeStep() {
    proximal?.apply(after: optimizer)
    maxNorm?.apply(to: trainedParameters)
    if !constraints.isEmpty {
      let parameters = trainedParameters
      for constraint in constraints { constraint.apply(to: parameters) }
    }
  }
}
