extension Component {
  private typealias Layer = LayerSpecification.Normalization

  private static let momentum = Parameter(
    "momentum", .number(.share), "the weight of a batch in the running statistics",
    korean: "이동 통계에서 새 배치의 비중")
  private static let tracking = Parameter(
    "tracksRunningStatistics", .flag, "whether evaluation uses running statistics",
    korean: "평가 때 이동 통계를 쓸지 여부")
  private static let axes = Parameter(
    "axes", .optional(.integer(from: 1)),
    "how many of the last axes are normalised together; null for all of a sample",
    korean: "함께 정규화할 마지막 축의 수; null이면 샘플의 모든 축")

  static let normalizationLayers: [Component] = [
    Component(
      Layer.batchNorm(), "normalisation over the batch", korean: "배치 정규화",
      source: "Ioffe and Szegedy 2015, arXiv 1502.03167",
      formula: "y = γ (x - mean) / √(variance + ε) + β, per channel over the batch",
      aliases: ["batchNorm1d": [:], "batchNorm2d": [:], "batchNorm3d": [:]],
      [
        Parameter(
          "momentum", .either([.number(.share), .choice(["equal"])]),
          "the weight of a batch in the running statistics; equal for means over all batches",
          korean: "이동 통계에서 새 배치의 비중; equal이면 모든 배치의 평균"),
        LayerKey.epsilon, LayerKey.affine, tracking,
      ]),
    Component(
      Layer.layerNorm(), "normalisation over a sample's features", korean: "층 정규화",
      source: "Ba et al. 2016, arXiv 1607.06450",
      formula: "y = γ (x - mean) / √(variance + ε) + β, per sample",
      [
        axes, LayerKey.epsilon, LayerKey.affine,
        Parameter("bias", .flag, "whether the shift is learned", korean: "편향을 학습할지 여부"),
      ]),
    Component(
      Layer.instanceNorm(), "normalisation of each channel of each sample",
      korean: "샘플의 채널마다 정규화", source: "Ulyanov et al. 2016, arXiv 1607.08022",
      formula: "y = γ (x - mean) / √(variance + ε) + β, per sample and channel",
      aliases: ["instanceNorm1d": [:], "instanceNorm2d": [:], "instanceNorm3d": [:]],
      [momentum, LayerKey.epsilon, LayerKey.affine, tracking]),
    Component(
      Layer.groupNorm(groups: 1),
      "normalisation over groups of a sample's channels; one group is layerNorm over channels and "
        + "positions, as many groups as channels are instanceNorm",
      korean: "샘플의 채널을 묶은 그룹마다 정규화; 그룹이 하나면 채널과 위치 전체의 층 정규화, 채널 수와 같으면 인스턴스 정규화",
      source: "Wu and He 2018, arXiv 1803.08494",
      formula: "y = γ (x - mean) / √(variance + ε) + β, per sample and group", shorthand: "groups",
      [
        Parameter(
          "groups", .integer(from: 1), "groups of channels", korean: "채널 그룹 수", isRequired: true),
        LayerKey.epsilon, LayerKey.affine,
      ]),
    Component(
      Layer.rmsNorm(), "division by the root of the mean square", korean: "제곱 평균의 제곱근으로 나눔",
      source: "Zhang and Sennrich 2019, arXiv 1910.07467", formula: "y = γ x / √(mean(x²) + ε)",
      [
        axes,
        Parameter(
          "epsilon", .optional(.number(.positive)),
          "added to the mean square; null for the smallest that the element type knows",
          korean: "제곱 평균에 더하는 작은 수; null이면 자료형의 최소 간격"),
        LayerKey.affine,
      ]),
    Component(
      Layer.localResponseNorm(size: 5), "division by the squares of neighbouring channels",
      korean: "이웃 채널의 제곱으로 나눔", source: "Krizhevsky et al. 2012",
      formula: "y = x / (k + α / n Σ x²)^β, over n channels", shorthand: "size",
      [
        Parameter(
          "size", .integer(from: 1), "channels that count", korean: "함께 볼 채널 수",
          isRequired: true),
        Parameter("alpha", .number(.nonNegative), "the factor α", korean: "계수 α"),
        Parameter("beta", .number(.any), "the exponent β", korean: "지수 β"),
        Parameter("constant", .number(.positive), "the constant k", korean: "상수 k"),
      ]),
  ]
}
