public import HoneText

/// What makes the loss of one training step differ from that of the next besides the weights, for an
/// optimiser that minds it.
public struct StepNoiseRecord: Sendable, Codable, Equatable {
  /// Samples in a step.
  public var samples: Int
  /// Samples in the training split.
  public var total: Int
  /// Whether the model draws random numbers in training, as dropout does.
  public var isModelRandom: Bool
  /// Whether samples are changed at random, or drawn with repetition.
  public var isDataRandom: Bool
  /// Whether the model normalizes by the statistics of each batch.
  public var usesBatchStatistics: Bool

  /// The noise of steps of so many samples.
  public init(
    samples: Int, total: Int, isModelRandom: Bool = false, isDataRandom: Bool = false,
    usesBatchStatistics: Bool = false
  ) {
    self.samples = samples
    self.total = total
    self.isModelRandom = isModelRandom
    self.isDataRandom = isDataRandom
    self.usesBatchStatistics = usesBatchStatistics
  }

  /// Why an optimiser that needs a steady objective is unsuitable, and what to change; nil where
  /// nothing is random.
  public var warning: Localized? {
    let reasons = [batchReason, statisticsReason, modelReason, dataReason].compactMap { $0 }
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

  private var batchReason: Localized? {
    samples < total
      ? Localized(
        "each step sees \(samples) of \(total) training samples (set data.batchSize to all, or "
          + "training.accumulate so that a step sees all)",
        korean: "스텝마다 훈련 샘플 \(total)개 중 \(samples)개만 사용합니다(data.batchSize를 all로 하거나 "
          + "training.accumulate로 한 스텝이 전체를 사용하게 하십시오)") : nil
  }

  private var statisticsReason: Localized? {
    samples < total && usesBatchStatistics
      ? Localized(
        "batch normalization changes with the batch (use layerNorm or groupNorm)",
        korean: "배치 정규화가 배치에 따라 달라집니다(layerNorm이나 groupNorm을 사용하십시오)") : nil
  }

  private var modelReason: Localized? {
    isModelRandom
      ? Localized(
        "the model draws random numbers, such as dropout (remove it)",
        korean: "드롭아웃처럼 모델이 난수를 사용합니다(제거하십시오)") : nil
  }

  private var dataReason: Localized? {
    isDataRandom
      ? Localized(
        "samples are augmented or drawn at random (remove augment, set data.balance to none or "
          + "classWeights)",
        korean: "샘플을 무작위로 변형하거나 추출합니다(augment를 제거하고 data.balance를 none이나 classWeights로 "
          + "하십시오)") : nil
  }
}
