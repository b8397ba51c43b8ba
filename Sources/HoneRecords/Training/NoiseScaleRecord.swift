public import HoneText

/// How noisy gradients of single batches are: McCandlish and others 2018, "An Empirical Model of
/// Large-Batch Training", arXiv 1812.06162.
///
/// The noise scale is the trace of the covariance of single samples' gradients over the squared length of
/// their mean. Batches far below it are mostly noise, so that one of twice the size nearly halves the
/// steps; batches far above it save hardly any steps.
public struct NoiseScaleRecord: Sendable, Codable, Equatable {
  /// The samples whose gradients were taken.
  public var samples: Int
  /// Samples in each of the gradients that were compared.
  public var batchSize: Int
  /// The batch size of the run.
  public var trainedBatchSize: Int
  /// The squared length of the mean gradient, without what noise adds to it; below zero where noise hides
  /// it.
  public var squaredGradient: Double
  /// The trace of the covariance of single samples' gradients.
  public var covarianceTrace: Double
  /// The noise scale in samples; nil where noise hides the gradient.
  public var scale: Double?
  /// A 95 % interval of the noise scale by the jackknife over batches, on the logarithm; nil where it
  /// has no upper end.
  public var interval: [Double]?

  /// What was measured; scale and interval are to be set where they are known.
  public init(
    samples: Int, batchSize: Int, trainedBatchSize: Int, squaredGradient: Double,
    covarianceTrace: Double
  ) {
    self.samples = samples
    self.batchSize = batchSize
    self.trainedBatchSize = trainedBatchSize
    self.squaredGradient = squaredGradient
    self.covarianceTrace = covarianceTrace
  }

  /// What the noise scale is, and what it says of the run's batch size.
  public var sentence: Localized {
    guard let scale else {
      return Localized(
        "Gradient noise scale: noise hides the gradient of \(samples) samples. The weights are near a "
          + "minimum of the training loss, or the samples too few.",
        korean: "기울기 잡음 척도: 표본 \(samples)개의 기울기가 잡음에 묻혔습니다. 가중치가 학습 손실의 최솟값에 가깝거나 "
          + "표본이 부족합니다.")
    }
    let size = Formatting.significant(scale, digits: 2)
    let ends = interval.map { $0.map { Formatting.significant($0, digits: 2) } }
    let bounds = ends.map { " [\($0[0]), \($0[1])]" } ?? ""
    return Localized(
      "Gradient noise scale: \(size) samples\(bounds), with batches of \(trainedBatchSize).",
      korean: "기울기 잡음 척도: 표본 \(size)개\(bounds), 실행의 배치 크기 \(trainedBatchSize).")
      + advice(scale)
  }

  /// Within a factor of four of the noise scale both steps and samples are spent reasonably.
  private func advice(_ scale: Double) -> Localized {
    let (low, high) = (interval?.first ?? scale, interval?.last ?? .infinity)
    if Double(trainedBatchSize) * 4 < low {
      return Localized(
        "Steps are mostly noise: larger batches with a higher learning rate take nearly as many samples "
          + "and fewer steps.",
        korean: "갱신이 대부분 잡음입니다. 배치와 학습률을 키우면 거의 같은 표본 수로 더 적은 스텝에 학습합니다.")
    }
    if Double(trainedBatchSize) > 4 * high {
      return Localized(
        "Batches are larger than the noise asks for: smaller ones learn as much from fewer samples.",
        korean: "배치가 잡음에 비해 큽니다. 배치를 줄이면 더 적은 표본으로 같은 만큼 학습합니다.")
    }
    return Localized(
      "The batch size suits the noise.", korean: "배치 크기가 잡음에 알맞습니다.")
  }
}
