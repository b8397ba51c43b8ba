import HoneRecords
import HoneText

extension Component {
  private typealias Keys = AugmentationKeys

  private static let amount = Keys.number(
    "amount", .nonNegative, "how far the factor may be from 1", korean: "배수가 1에서 벗어나는 최대 폭")
  private static let turn = NumberRange(lower: 0, upper: 0.5)

  static let colorAugmentations: [Component] = jitterAugmentations + toneAugmentations

  private static let jitterAugmentations: [Component] = [
    Component(
      Augmentation.brightness(), "multiplies light", korean: "밝기를 곱함",
      source: "torchvision ColorJitter",
      shorthand: "amount", [amount]),
    Component(
      Augmentation.contrast(), "spreads light about its mean", korean: "밝기를 평균 주위로 벌림",
      source: "torchvision ColorJitter", shorthand: "amount", [amount]),
    Component(
      Augmentation.saturation(), "spreads colours about grey", korean: "색을 회색 주위로 벌림",
      source: "torchvision ColorJitter", shorthand: "amount", [amount]),
    Component(
      Augmentation.hue(), "turns the hue", korean: "색상을 돌림", source: "torchvision ColorJitter",
      shorthand: "amount",
      [Keys.number("amount", turn, "the largest share of the circle", korean: "색상환에 대한 최대 비율")]),
    Component(
      Augmentation.colorJitter(),
      "changes brightness, contrast, saturation and hue in random order",
      korean: "밝기, 대비, 채도, 색상을 무작위 순서로 바꿈", source: "torchvision ColorJitter",
      [
        Keys.number("brightness", .nonNegative, "the amount of brightness", korean: "밝기 변화 폭"),
        Keys.number("contrast", .nonNegative, "the amount of contrast", korean: "대비 변화 폭"),
        Keys.number("saturation", .nonNegative, "the amount of saturation", korean: "채도 변화 폭"),
        Keys.number("hue", turn, "the amount of hue", korean: "색상 변화 폭"),
      ]),
    Component(
      Augmentation.photometricDistort(), "changes each of them at times, and the order of channels",
      korean: "밝기, 대비, 채도, 색상과 채널 순서를 저마다의 확률로 바꿈",
      source: "Liu et al. 2016, arXiv 1512.02325",
      [
        Keys.probability,
        Keys.range("brightness", .nonNegative, "the bounds of brightness", korean: "밝기 배수의 범위"),
        Keys.range("contrast", .nonNegative, "the bounds of contrast", korean: "대비 배수의 범위"),
        Keys.range("saturation", .nonNegative, "the bounds of saturation", korean: "채도 배수의 범위"),
        Keys.range(
          "hue", NumberRange(lower: -0.5, upper: 0.5), "the bounds of hue", korean: "색상 회전의 범위"),
      ], conflict: Keys.disorder("brightness", "contrast", "saturation", "hue")),
  ]

  private static let toneAugmentations: [Component] = [
    Component(
      Augmentation.randomGamma(), "raises light to a power", korean: "밝기를 거듭제곱함",
      source: "Albumentations RandomGamma",
      [
        Keys.range("range", .positive, "the bounds of the exponent", korean: "지수의 범위"),
        Keys.probability,
      ], conflict: Keys.disorder("range")),
    Component(
      Augmentation.grayscale(), "takes the colour away", korean: "색을 없앰",
      source: "torchvision RandomGrayscale", shorthand: "probability", [Keys.probability]),
    Component(
      Augmentation.invert(), "turns light to dark", korean: "밝기를 반전함",
      source: "torchvision RandomInvert", shorthand: "probability", [Keys.probability]),
    Component(
      Augmentation.posterize(), "keeps the upper bits", korean: "상위 비트만 남김",
      source: "torchvision RandomPosterize", shorthand: "bits",
      [Keys.count("bits", 0...8, "bits that stay", korean: "남길 비트 수"), Keys.probability]),
    Component(
      Augmentation.solarize(), "inverts light from a threshold on", korean: "문턱값 이상인 밝기를 반전함",
      source: "torchvision RandomSolarize", shorthand: "threshold",
      [
        Keys.number(
          "threshold", NumberRange(lower: 0, upper: 255), "the threshold, 0 to 255",
          korean: "문턱값(0~255)"), Keys.probability,
      ]),
    Component(
      Augmentation.equalize(), "spreads the histogram evenly", korean: "히스토그램을 평활화함",
      source: "torchvision RandomEqualize", shorthand: "probability", [Keys.probability]),
    Component(
      Augmentation.autocontrast(), "stretches each channel to the full range",
      korean: "채널마다 밝기 범위를 끝까지 늘림", source: "torchvision RandomAutocontrast",
      shorthand: "probability", [Keys.probability]),
    Component(
      Augmentation.sharpness(), "sharpens, or smooths below 1", korean: "선명하게 하거나(1보다 크면) 흐리게 함",
      source: "torchvision RandomAdjustSharpness", shorthand: "factor",
      [Keys.number("factor", .nonNegative, "the factor", korean: "배수"), Keys.probability]),
    Component(
      Augmentation.channelPermutation, "reorders the channels", korean: "채널의 순서를 바꿈",
      source: "torchvision RandomChannelPermutation"),
    Component(
      Augmentation.clahe(), "equalises within tiles, the slope limited",
      korean: "구역마다 기울기를 제한해 평활화함", source: "Zuiderveld 1994",
      [
        Keys.number(
          "limit", NumberRange(lower: 1), "the largest count, by the mean count",
          korean: "평균 도수에 대한 최대 도수"),
        Keys.count("tiles", 1...64, "tiles in each direction", korean: "방향마다의 구역 수"),
        Keys.probability,
      ]),
  ]
}
