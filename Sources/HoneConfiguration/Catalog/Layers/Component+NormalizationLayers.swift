extension Component {
  private typealias Layer = LayerSpecification.Normalization

  private static let affine = Parameter(
    "affine", .flag, "whether a scale and a shift are learned", korean: "배율과 편향을 학습할지 여부")

  static let normalizationLayers: [Component] = [
    Component(
      Layer.batchNorm(), "normalisation over the batch", korean: "배치 정규화",
      source: "Ioffe and Szegedy 2015, arXiv 1502.03167",
      [
        Parameter(
          "momentum", .number(.share), "the weight of a batch in the running statistics",
          korean: "이동 통계에서 새 배치의 비중"),
        LayerKey.epsilon,
      ]),
    Component(
      Layer.layerNorm(), "normalisation over a sample's features", korean: "층 정규화",
      source: "Ba et al. 2016, arXiv 1607.06450", [LayerKey.epsilon]),
    Component(
      Layer.groupNorm(groups: 1), "normalisation over groups of a sample's channels",
      korean: "샘플의 채널을 묶은 그룹마다 정규화", source: "Wu and He 2018, arXiv 1803.08494",
      shorthand: "groups",
      [
        Parameter(
          "groups", .integer(from: 1), "groups of channels", korean: "채널 그룹 수", isRequired: true),
        LayerKey.epsilon, affine,
      ]),
  ]
}
