import HoneRecords
import HoneText

extension Component {
  private typealias Keys = AugmentationKeys

  static let qualityAugmentations: [Component] = [
    Component(
      Augmentation.gaussianBlur(), "blurs by a Gaussian of random width", korean: "임의 폭의 가우시안으로 흐림",
      source: "torchvision GaussianBlur",
      [
        Keys.count("size", 1...255, "the kernel's side, made odd", korean: "커널의 한 변(홀수로 맞춤)"),
        Keys.range("sigma", .positive, "the bounds of the width, in pixels", korean: "폭의 범위(픽셀)"),
      ], conflict: Keys.disorder("sigma")),
    Component(
      Augmentation.motionBlur(), "blurs along a line", korean: "한 방향으로 흐림",
      source: "Albumentations MotionBlur",
      [Keys.count("size", 1...255, "the line's length", korean: "선의 길이"), Keys.probability]),
    Component(
      Augmentation.medianBlur(), "takes the median of a neighbourhood", korean: "둘레의 중앙값을 취함",
      source: "Albumentations MedianBlur",
      [
        Keys.count("size", 1...15, "the neighbourhood's side, odd", korean: "둘레의 한 변(홀수)"),
        Keys.probability,
      ]),
    Component(
      Augmentation.gaussianNoise(), "adds normal noise", korean: "정규분포 잡음을 더함",
      source: "torchvision GaussianNoise", shorthand: "sigma",
      [
        Keys.number(
          "mean", NumberRange(lower: -1, upper: 1), "the mean; 1 is full light",
          korean: "평균; 1이 최대 밝기"),
        Keys.number(
          "sigma", NumberRange(lower: 0, upper: 1), "the deviation; 1 is full light",
          korean: "표준편차; 1이 최대 밝기"),
      ]),
    Component(
      Augmentation.saltAndPepper(), "sets pixels to black or white", korean: "일부 픽셀을 검정이나 흰색으로 바꿈",
      source: "Kornia RandomSaltAndPepperNoise",
      [Keys.number("share", .share, "the share of pixels", korean: "픽셀의 비율"), Keys.probability]),
    Component(
      Augmentation.jpeg(), "compresses as JPEG", korean: "JPEG로 압축함", source: "torchvision JPEG",
      shorthand: "quality",
      [
        Parameter(
          "quality", .list(.integer(1...100), 2...2), "the bounds of the quality",
          korean: "품질의 범위")
      ], conflict: Keys.disorder("quality")),
  ]

  static let erasingAugmentations: [Component] = [
    Component(
      Augmentation.randomErasing(), "replaces a rectangle after normalisation",
      korean: "정규화 뒤 직사각형 하나를 지움", source: "Zhong et al. 2017, arXiv 1708.04896",
      shorthand: "probability",
      [
        Keys.probability,
        Keys.range("scale", .factor, "the share of the area", korean: "넓이의 비율"),
        Keys.range("ratio", .positive, "height by width", korean: "높이와 너비의 비"),
        Parameter(
          "fill", Keys.words(Augmentation.ErasingFill.self),
          "zero, a constant, or a random value for each pixel", korean: "0, 상수, 또는 픽셀마다의 무작위 값"),
        Keys.number("value", .any, "the constant, after normalisation", korean: "정규화 뒤의 상수"),
      ], conflict: Keys.disorder("scale", "ratio")),
    Component(
      Augmentation.cutout(), "sets squares to zero after normalisation",
      korean: "정규화 뒤 정사각형을 0으로 지움",
      source: "DeVries and Taylor 2017, arXiv 1708.04552", shorthand: "size",
      [
        Keys.count("size", 1...4096, "the square's side", korean: "정사각형의 한 변"),
        Keys.count("holes", 1...64, "squares", korean: "정사각형의 수"),
      ]),
    Component(
      Augmentation.gridMask(), "sets a grid of squares to zero", korean: "격자 모양의 정사각형들을 0으로 지움",
      source: "Chen et al. 2020, arXiv 2001.04086",
      [
        Keys.number("kept", .share, "the share of a period that stays", korean: "한 주기에서 남는 비율"),
        Keys.range(
          "period", .factor, "the bounds of the period, as a share of the short side",
          korean: "짧은 변에 대한 주기의 범위"), Keys.probability,
      ], conflict: Keys.disorder("period")),
  ]
}
