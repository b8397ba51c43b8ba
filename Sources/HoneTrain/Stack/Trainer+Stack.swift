import HoneData
import HoneMetrics
import HoneNN
import HoneOptim
import HoneRecords
import HoneTensor

// What a run must have in common with others to be computed together with them.
extension Trainer {
  /// The layers of the model; nil where the run has something that is computed for it alone.
  ///
  /// Optimiser, rates, penalties, bounds, averages, policies and checkpoints are each run's own in a
  /// stack, too, and may be any.
  var stackableLayers: [StackableLayer]? {
    guard plan.precision == .float32, plan.memoryFormat == .contiguous, plan.accumulation == 1,
      plan.parallel == nil, plan.distillation == nil, plan.unfreezing == nil,
      !plan.loss.takesProbabilities, plan.parts.activityLayers.isEmpty,
      !(plan.optimizer is any ClosureOptimizer)
    else { return nil }
    return StackableLayer.layers(of: plan.model)
  }

  /// Whether the other run takes the same batches at the same steps.
  func keepsStep(with other: Trainer) -> Bool {
    position == other.position && step == other.step
      && plan.threads == other.plan.threads && plan.device == other.plan.device
      && plan.metric == other.plan.metric
      && plan.training.givesTheSame(as: other.plan.training)
  }

  /// Whether the layers are looked into in the next step, which each model then takes alone.
  var looksIntoNextStep: Bool { plan.measuresSteps && LayerSampling.isSampled(step + 1) }
}

// Steps that the optimisers of several runs take together.
extension Trainer {
  /// Whether nothing but the optimiser comes between gradients and weights.
  var leavesStepsToOptimizer: Bool {
    plan.penalty.isZero && plan.clipping == nil && plan.gradientNoise == nil
      && plan.proximal == nil && plan.maxNorm == nil && plan.constraints.isEmpty
      && stepObservers.isEmpty && scaler == nil
  }

  /// Whether the step under way is measured.
  var samplesStep: Bool { plan.measuresSteps && StepSampling.isSampled(step) }

  /// Counts a step and sets its rate.
  func beginSharedStep(_ batch: HostBatch, _ part: StackedPasses.Part) {
    meter.add(loss: part.loss, samples: batch.count)
    if let right = part.right { meter.add(score: Double(right), samples: batch.count) }
    step += 1
    plan.optimizer.learningRate = plan.learningRate(atStep: step - 1, scale: rateScale)
  }

  /// What follows a step.
  /// - Parameters:
  ///   - norm: that of the gradients, where it was measured.
  ///   - ratio: of the change to the weights.
  func endSharedStep(loss: Double, norm: Double?, ratio: Double?) {
    updateAverage()
    guard samplesStep else { return }
    if let norm { meter.gradientNorms.append(norm) }
    if let ratio { meter.updateRatios.append(ratio) }
    sampledSteps.append(
      StepRecord(
        step: step, epoch: position.epoch, loss: loss, learningRate: plan.optimizer.learningRate,
        gradientNorm: norm, updateRatio: ratio))
  }
}

extension DataLoader {
  /// Whether another loader gives the same batches.
  func givesTheSame(as other: DataLoader) -> Bool {
    self === other
      || (dataset === other.dataset && options == other.options && indices == other.indices
        && preprocessor == other.preprocessor)
  }
}

/// Whether two loaders, or none, give the same batches.
func giveTheSame(_ first: DataLoader?, _ second: DataLoader?) -> Bool {
  guard let first, let second else { return first == nil && second == nil }
  return first.givesTheSame(as: second)
}
