import HoneRecords
import HoneText

extension Component {
  private typealias Keys = AugmentationKeys

  static let geometricAugmentations: [Component] = cropAugmentations + movingAugmentations

  private static let cropAugmentations: [Component] = [
    Component(
      Augmentation.randomCrop(), "pads and cuts a window of the old size",
      korean: "여백을 덧댄 뒤 원래 크기로 아무 데나 자름", source: "torchvision RandomCrop",
      shorthand: "padding",
      [
        Keys.count("padding", 0...512, "pixels on each side", korean: "양쪽에 덧댈 픽셀 수"), Keys.mode,
        Keys.fill,
      ]),
    Component(
      Augmentation.randomResizedCrop(), "cuts a random box and resizes it",
      korean: "임의의 상자를 잘라 크기를 맞춤", source: "Szegedy et al. 2015, arXiv 1409.4842",
      [
        Keys.range("scale", .factor, "the box's share of the area", korean: "상자가 차지하는 넓이의 비율"),
        Keys.range("ratio", .positive, "width by height", korean: "너비와 높이의 비"),
      ], conflict: Keys.disorder("scale", "ratio")),
    Component(
      Augmentation.centerCrop(size: 1), "cuts the middle, which is resized",
      korean: "가운데를 잘라 크기를 맞춤",
      source: "torchvision CenterCrop", shorthand: "size",
      [
        Keys.count(
          "size", 1...65536, "the side of the square", korean: "정사각형의 한 변", isRequired: true)
      ]),
    Component(
      Augmentation.pad(pixels: 1), "adds pixels on every side; the image is resized",
      korean: "사방에 픽셀을 덧댄 뒤 크기를 맞춤", source: "torchvision Pad", shorthand: "pixels",
      [
        Keys.count(
          "pixels", 0...4096, "pixels on each side", korean: "양쪽에 덧댈 픽셀 수", isRequired: true),
        Keys.mode, Keys.fill,
      ]),
    Component(
      Augmentation.randomZoomOut(), "shows the image small on a larger canvas",
      korean: "더 큰 바탕 위에 이미지를 작게 놓음", source: "Liu et al. 2016, arXiv 1512.02325",
      [
        Keys.range(
          "scale", NumberRange(lower: 1, upper: 16), "the canvas's sides by the image's",
          korean: "이미지에 대한 바탕의 변 비율"), Keys.probability, Keys.fill,
      ], conflict: Keys.disorder("scale")),
  ]

  private static let movingAugmentations: [Component] = [
    Component(
      Augmentation.horizontalFlip(), "mirrors left and right", korean: "좌우로 뒤집음",
      source: "torchvision RandomHorizontalFlip", shorthand: "probability", [Keys.probability]),
    Component(
      Augmentation.verticalFlip(), "mirrors top and bottom", korean: "상하로 뒤집음",
      source: "torchvision RandomVerticalFlip", shorthand: "probability", [Keys.probability]),
    Component(
      Augmentation.randomTranslate(), "moves the picture", korean: "그림을 옮김", shorthand: "pixels",
      [Keys.count("pixels", 0...512, "the largest shift", korean: "최대 이동 픽셀 수")]),
    Component(
      Augmentation.randomRotation(), "turns the picture", korean: "그림을 돌림",
      source: "torchvision RandomRotation", shorthand: "degrees",
      [
        Keys.number(
          "degrees", NumberRange(lower: 0, upper: 180), "the largest angle either way",
          korean: "양쪽 최대 각도"), Keys.interpolation, Keys.fill,
      ]),
    Component(
      Augmentation.randomAffine(), "turns, moves, scales and shears the picture",
      korean: "그림을 돌리고 옮기고 늘이고 기울임", source: "torchvision RandomAffine",
      [
        Keys.number(
          "degrees", NumberRange(lower: 0, upper: 180), "the largest angle either way",
          korean: "양쪽 최대 각도"),
        Keys.range(
          "translate", .share, "the largest shifts, as shares of width and height",
          korean: "너비와 높이에 대한 최대 이동 비율"),
        Keys.range("scale", .positive, "the bounds of the scale", korean: "배율의 범위"),
        Parameter(
          "shear", .list(.number(NumberRange(lower: -89, upper: 89)), 2...4),
          "the bounds of the angle across, and down where four are given",
          korean: "가로 기울임 각도의 범위; 네 개이면 세로까지"), Keys.interpolation, Keys.fill,
      ], conflict: Keys.disorder("scale")),
    Component(
      Augmentation.randomPerspective(), "moves the corners inwards", korean: "모서리를 안쪽으로 옮겨 원근을 바꿈",
      source: "torchvision RandomPerspective",
      [
        Keys.number(
          "distortion", .share, "the largest share of half the sides", korean: "변 절반에 대한 최대 이동 비율"),
        Keys.probability, Keys.interpolation, Keys.fill,
      ]),
    Component(
      Augmentation.elastic(), "shifts pixels by a smooth random field",
      korean: "부드러운 무작위 장으로 픽셀을 옮김",
      source: "Simard et al. 2003",
      [
        Keys.number("alpha", .nonNegative, "the strength", korean: "세기"),
        Keys.number(
          "sigma", NumberRange(lower: 0, upper: 64), "the smoothness, in pixels",
          korean: "부드러운 정도(픽셀)"), Keys.interpolation, Keys.fill,
      ]),
  ]
}
