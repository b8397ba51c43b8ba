import HoneText

extension Component {
  private static let probability = Parameter(
    "probability", .number(.share), "the share of samples changed", korean: "바꿀 샘플의 비율")
  private static let alpha = Parameter(
    "alpha", .number(.positive), "the parameter of the Beta distribution of mixing shares",
    korean: "섞는 비율의 베타 분포 매개변수")

  static let augmentations: [Component] = augmentationGroups.flatMap(\.components)

  static let augmentationGroups: [(heading: Localized?, components: [Component])] = [
    (Localized("For images", korean: "이미지용"), imageAugmentations),
    (Localized("For texts", korean: "텍스트용"), textAugmentations),
    (Localized("Made of other steps", korean: "여러 단계의 조합"), combinedAugmentations),
  ]

  private static let imageAugmentations: [Component] = [
    Component(
      AugmentationSpecification.randomCrop(), "pads with zeros and cuts a window of the old size",
      korean: "0을 덧댄 뒤 원래 크기로 아무 데나 자름", shorthand: "padding",
      [Parameter("padding", .integer(from: 1), "pixels on each side", korean: "양쪽에 덧댈 픽셀 수")]),
    Component(
      AugmentationSpecification.horizontalFlip(), "mirrors left and right", korean: "좌우로 뒤집음",
      shorthand: "probability", [probability]),
    Component(
      AugmentationSpecification.randomTranslate(), "moves the picture", korean: "그림을 옮김",
      shorthand: "pixels",
      [Parameter("pixels", .integer(from: 1), "the largest shift", korean: "최대 이동 픽셀 수")]),
    Component(
      AugmentationSpecification.randomErasing(), "blanks a rectangle", korean: "직사각형 하나를 지움",
      source: "Zhong et al. 2017, arXiv 1708.04896", shorthand: "probability", [probability]),
    Component(
      AugmentationSpecification.randomRotation(), "turns the picture", korean: "그림을 돌림",
      shorthand: "degrees",
      [
        Parameter(
          "degrees", .number(NumberRange(lower: 0, includesLower: false, upper: 180)),
          "the largest angle either way", korean: "양쪽 최대 각도")
      ]),
    Component(
      AugmentationSpecification.cutMix(),
      "pastes a rectangle of another sample, mixes labels by area",
      korean: "다른 샘플의 직사각형을 붙이고 넓이만큼 레이블을 섞음",
      source: "Yun et al. 2019, arXiv 1905.04899", shorthand: "alpha", [alpha]),
    Component(
      AugmentationSpecification.mixUp(), "averages two samples and their labels",
      korean: "두 샘플과 레이블을 비율대로 섞음", source: "Zhang et al. 2017, arXiv 1710.09412",
      shorthand: "alpha", [alpha]),
  ]
}
