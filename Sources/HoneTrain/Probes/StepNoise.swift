import HoneData
import HoneNN
import HoneNumerics
public import HoneOptim
import HoneTensor
public import HoneText

/// What makes the loss of one training step differ from that of the next besides the weights.
public struct StepNoise: Sendable, Equatable {
  /// Samples in a step.
  public var samples: Int
  /// Samples in the training split.
  public var total: Int
  /// Whether the model draws random numbers in training, as dropout does.
  public var isModelRandom = false
  /// Whether samples are changed at random, or drawn with repetition.
  public var isDataRandom = false
  /// Whether the model normalizes by the statistics of each batch.
  public var usesBatchStatistics = false

  /// Finds the noise of a plan's steps: from its settings, and from two passes with different seeds
  /// over a few samples.
  ///
  /// Weights, running statistics, modes and random state are as before afterwards.
  /// - Throws: `DataError` naming a sample that cannot be read; `TorchError`.
  public init(of plan: TrainingPlan) throws {
    total = plan.training.indices.count
    samples = min(total, plan.training.options.batchSize * plan.accumulation)
    isDataRandom =
      plan.training.options.isAugmenting || plan.training.options.order == .balanced
    let batch = try plan.training.batch(of: Array(plan.training.indices.prefix(8)))
    guard batch.count > 1 else { return }
    (isModelRandom, usesBatchStatistics) = try leavingUntouched(plan) {
      plan.model.train()
      let buffers = plan.model.namedBuffers.map { $0.buffer.value.clone() }
      return try catchingTorchErrors {
        try withoutGradients {
          let outputs = [UInt64(1), 2].map { seed in
            Torch.seed(seed)
            return plan.output(for: batch)
          }
          let after = plan.model.namedBuffers.map(\.buffer.value)
          let moved = zip(buffers, after).contains { !$0.isIdentical(to: $1) }
          return (!outputs[0].isIdentical(to: outputs[1]), moved)
        }
      }
    }
  }

  /// Why an optimiser that needs a steady objective is unsuitable, and what to change; nil where the
  /// optimiser does not mind or nothing is random.
  public func warning(for optimizer: any Optimizer) -> Localized? {
    guard let optimizer = optimizer as? any ClosureOptimizer, optimizer.needsSteadyObjective
    else { return nil }
    var reasons: [Localized] = []
    if samples < total {
      reasons.append(
        Localized(
          "each step sees \(samples) of \(total) training samples (set data.batchSize to "
            + "\(total), or training.accumulate so that a step sees all)",
          korean: "스텝마다 훈련 샘플 \(total)개 중 \(samples)개만 사용합니다(data.batchSize를 "
            + "\(total)(으)로 하거나 training.accumulate로 한 스텝이 전체를 사용하게 하십시오)"))
      if usesBatchStatistics {
        reasons.append(
          Localized(
            "batch normalization changes with the batch (use layerNorm or groupNorm)",
            korean: "배치 정규화가 배치에 따라 달라집니다(layerNorm이나 groupNorm을 사용하십시오)"))
      }
    }
    if isModelRandom {
      reasons.append(
        Localized(
          "the model draws random numbers, such as dropout (remove it)",
          korean: "드롭아웃처럼 모델이 난수를 사용합니다(제거하십시오)"))
    }
    if isDataRandom {
      reasons.append(
        Localized(
          "samples are augmented or drawn at random (remove augment, set data.balance to none or "
            + "classWeights)",
          korean: "샘플을 무작위로 변형하거나 추출합니다(augment를 제거하고 data.balance를 none이나 "
            + "classWeights로 하십시오)"))
    }
    if reasons.isEmpty { return nil }
    return Localized(
      "This optimizer searches along lines and relies on curvature, so the loss must be the same "
        + "function in every step; here it is not: "
        + reasons.map(\.english).joined(separator: "; ")
        + ". It may stall or diverge; adamW or sgd bear such noise.",
      korean: "이 최적화 방법은 직선 탐색과 곡률에 의존하므로 손실이 모든 스텝에서 같은 함수여야 하지만, 이 실행에서는 "
        + "그렇지 않습니다. "
        + reasons.map(\.korean).joined(separator: "; ")
        + ". 학습이 정체되거나 발산할 수 있습니다. adamW나 sgd는 이런 잡음을 견딥니다.")
  }
}
