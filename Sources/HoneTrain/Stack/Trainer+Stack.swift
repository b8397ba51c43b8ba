import HoneData
import HoneNN
import HoneOptim
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
