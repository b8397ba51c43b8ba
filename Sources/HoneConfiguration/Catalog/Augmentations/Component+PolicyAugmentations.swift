import HoneRecords
import HoneText

extension Component {
  private typealias Keys = AugmentationKeys

  private static let mixing: [Parameter] = [
    Keys.number(
      "alpha", .positive, "the parameter of the Beta distribution of mixing shares",
      korean: "섞는 비율의 베타 분포 매개변수"),
    Keys.count(
      "offLastEpochs", 0...1_000_000, "epochs at the end that are not mixed",
      korean: "끝에서 섞지 않을 에폭 수"),
  ]

  static let policyAugmentations: [Component] = [
    Component(
      Augmentation.cutMix(), "pastes a rectangle of another sample, mixes labels by area",
      korean: "다른 샘플의 직사각형을 붙이고 넓이만큼 레이블을 섞음",
      source: "Yun et al. 2019, arXiv 1905.04899", shorthand: "alpha", mixing),
    Component(
      Augmentation.mixUp(), "averages two samples and their labels",
      korean: "두 샘플과 레이블을 비율대로 섞음", source: "Zhang et al. 2017, arXiv 1710.09412",
      shorthand: "alpha", mixing),
    Component(
      Augmentation.autoAugment(), "one of 25 learned pairs of operations",
      korean: "학습된 연산 쌍 25개 가운데 하나", source: "Cubuk et al. 2018, arXiv 1805.09501",
      shorthand: "policy",
      [
        Parameter(
          "policy", Keys.words(Augmentation.Policy.self), "what the pairs were learned on",
          korean: "연산 쌍을 학습한 데이터"), Keys.interpolation, Keys.fill,
      ]),
    Component(
      Augmentation.randAugment(), "random operations of one magnitude", korean: "같은 세기의 무작위 연산들",
      source: "Cubuk et al. 2019, arXiv 1909.13719",
      [
        Keys.count("operations", 0...16, "operations for each sample", korean: "샘플마다의 연산 수"),
        Keys.count(
          "magnitude", 0...30, "of 30 on torchvision's scale, of 10 on timm's",
          korean: "세기: torchvision 눈금은 30까지, timm 눈금은 10까지"),
        Parameter(
          "scale", Keys.words(Augmentation.MagnitudeScale.self),
          "whose scale it is: 9 turns by 9 degrees on torchvision's and 27 on timm's",
          korean: "세기의 눈금: 9이면 torchvision은 9도, timm은 27도 돌림"), Keys.interpolation, Keys.fill,
      ]),
    Component(
      Augmentation.trivialAugment(), "one operation of random magnitude", korean: "임의 세기의 연산 하나",
      source: "Müller and Hutter 2021, arXiv 2103.10158",
      [
        Keys.count("bins", 2...1000, "magnitudes to draw from", korean: "세기의 단계 수"),
        Keys.interpolation, Keys.fill,
      ]),
    Component(
      Augmentation.augMix(), "blends chains of operations with the image",
      korean: "연산 사슬의 결과들을 원본과 섞음", source: "Hendrycks et al. 2019, arXiv 1912.02781",
      [
        Keys.count("severity", 1...10, "the largest magnitude, of 10", korean: "최대 세기(10까지)"),
        Keys.count("width", 1...16, "chains", korean: "사슬의 수"),
        Keys.count(
          "depth", 0...16, "operations in a chain; 0 draws 1 to 3", korean: "사슬의 연산 수; 0이면 1~3에서 뽑음"
        ),
        Keys.number("alpha", .positive, "the parameter of the shares", korean: "비율 분포의 매개변수"),
        Parameter(
          "allOperations", .flag, "whether colour and sharpness take part",
          korean: "색과 선명도 연산도 쓸지 여부"), Keys.interpolation, Keys.fill,
      ]),
  ]

  static let combinedAugmentations: [Component] = [
    Component(
      Augmentation.oneOf(steps: []), "one of several steps", korean: "여러 단계 가운데 하나",
      source: "torchvision RandomChoice", shorthand: "steps", [Keys.steps]),
    Component(
      Augmentation.someOf(count: 1, steps: []), "so many of several steps, in their order",
      korean: "여러 단계 가운데 몇 개를 순서대로", source: "imgaug SomeOf",
      [
        Keys.count("count", 1...64, "how many", korean: "고를 수", isRequired: true), Keys.steps,
      ]),
    Component(
      Augmentation.randomOrder(steps: []), "all steps, in random order", korean: "모든 단계를 무작위 순서로",
      source: "torchvision RandomOrder", shorthand: "steps", [Keys.steps]),
    Component(
      Augmentation.randomApply(steps: []), "all steps, or none", korean: "모든 단계를 하거나 하나도 하지 않음",
      source: "torchvision RandomApply", [Keys.probability, Keys.steps]),
    Component(
      Augmentation.forClasses(classes: [], steps: []),
      "all steps, for samples of some classes alone",
      korean: "정한 클래스의 샘플에만 모든 단계를 적용",
      [
        Parameter(
          "classes", .list(.text, 1...Int.max), "the classes by name", korean: "클래스 이름",
          isRequired: true), Keys.steps,
      ]),
  ]
}
