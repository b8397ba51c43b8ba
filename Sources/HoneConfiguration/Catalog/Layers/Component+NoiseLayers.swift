import HoneRecords

extension Component {
  private typealias Layer = LayerSpecification.Noise

  private static let probability = Parameter(
    "probability", .number(.probability), "the probability that an activation is zeroed",
    korean: "활성값을 0으로 만들 확률")
  private static let penalty: [Parameter] = [
    Parameter(
      "l1", .number(.nonNegative), "times the sum of absolute activations",
      korean: "활성값 절댓값 합에 곱하는 수"),
    Parameter(
      "l2", .number(.nonNegative), "times the sum of squared activations", korean: "활성값 제곱합에 곱하는 수"),
  ]
  private static let dropoutFormula = "y = x m / (1 - p), m is 0 with probability p"

  static let noiseLayers: [Component] = [
    Component(
      Layer.dropout(), "zeroes activations while training and scales the rest",
      korean: "훈련 중 활성값 일부를 0으로 만들고 나머지를 키움", source: "Srivastava et al. 2014",
      formula: dropoutFormula, shorthand: "probability", [probability]),
    Component(
      Layer.channelDropout(), "zeroes whole channels while training and scales the rest",
      korean: "훈련 중 채널 일부를 통째로 0으로 만들고 나머지를 키움",
      source: "Tompson et al. 2014, arXiv 1411.4280", formula: dropoutFormula + ", per channel",
      shorthand: "probability",
      aliases: [
        "dropout1d": ["dimensions": 1], "dropout2d": ["dimensions": 2],
        "dropout3d": ["dimensions": 3],
      ], [probability, LayerKey.dimensions]),
    Component(
      Layer.alphaDropout(), "dropout that keeps mean and variance of self-normalising networks",
      korean: "자기 정규화 신경망의 평균과 분산을 지키는 드롭아웃",
      source: "Klambauer et al. 2017, arXiv 1706.02515", shorthand: "probability", [probability]),
    Component(
      Layer.featureAlphaDropout(), "alphaDropout of whole channels",
      korean: "채널을 통째로 다루는 alphaDropout",
      source: "Klambauer et al. 2017, arXiv 1706.02515", shorthand: "probability", [probability]),
    Component(
      Layer.dropBlock(), "zeroes square blocks of positions of images while training",
      korean: "훈련 중 이미지에서 정사각형 블록을 0으로 만듦",
      source: "Ghiasi et al. 2018, arXiv 1810.12890", shorthand: "probability",
      aliases: ["dropBlock2d": [:]],
      [
        probability,
        Parameter("blockSize", .integer(from: 1), "the side of a block", korean: "블록의 한 변"),
      ]),
    Component(
      Layer.stochasticDepth(probability: 0.1),
      "zeroes a sample, at the end of a residual branch, while training and scales the rest",
      korean: "잔차 가지의 끝에서 훈련 중 샘플을 통째로 0으로 만들고 나머지를 키움",
      source: "Huang et al. 2016, arXiv 1603.09382", formula: dropoutFormula + ", per sample",
      shorthand: "probability",
      [
        Parameter(
          "probability", .number(.probability), "the probability of leaving the branch out",
          korean: "가지를 뺄 확률", isRequired: true),
        Parameter(
          "mode", .words(LayerSpecification.DepthMode.self), "what is left out at once",
          korean: "한 번에 빼는 단위"),
      ]),
    Component(
      Layer.gaussianNoise(), "adds normal noise while training", korean: "훈련 중 정규 분포 잡음을 더함",
      formula: "y = x + std ε", shorthand: "std",
      [Parameter("std", .number(.nonNegative), "the standard deviation", korean: "표준편차")]),
    Component(
      Layer.gaussianDropout(), "multiplies by normal noise around one while training",
      korean: "훈련 중 평균 1인 정규 분포 잡음을 곱함", source: "Srivastava et al. 2014",
      formula: "y = x (1 + ε √(p / (1 - p)))", shorthand: "probability",
      [
        Parameter(
          "probability", .number(.probability), "the dropout probability of equal variance",
          korean: "분산이 같은 드롭아웃의 확률")
      ]),
    Component(
      Layer.activityRegularization(), "adds a penalty on the size of activations to the loss",
      korean: "활성값의 크기에 대한 벌점을 손실에 더함", formula: "(l1 Σ|a| + l2 Σa²) / batch", penalty),
  ]
}
