import HoneRecords
import HoneText

extension Component {
  private typealias Model = ModelConfiguration.Architecture
  private typealias Implied = [String: ConfigurationValue]

  static let imageModels: [Component] =
    residualModels + classicModels + branchedModels + mobileModels + recentModels

  private static let dropout = Parameter(
    "dropout", .number(.probability), "the dropout before the last layers",
    korean: "마지막 층 앞의 드롭아웃")
  private static let widthMultiplier = Parameter(
    "widthMultiplier", .number(.positive), "the factor of all channels", korean: "채널 수의 배율")
  private static let width = Parameter(
    "width", .integer(from: 1), "channels of the first stage", korean: "첫 단계의 채널 수")
  private static let depth = Parameter(
    "depth", .integer(from: 1), "layers with weights", korean: "가중치가 있는 층 수")
  private static let preActivation = Parameter(
    "preActivation", .flag,
    "whether norms and activations stand before convolutions (arXiv 1603.05027)",
    korean: "정규화와 활성화를 합성곱 앞에 둘지 여부 (arXiv 1603.05027)")
  private static let squeezeExcitation = Parameter(
    "squeezeExcitation", .optional(.integer(from: 1)),
    "the factor of reduction of squeeze-and-excitation in each block, often 16; null for none",
    korean: "블록마다 두는 squeeze-and-excitation의 축소 배율(보통 16); null이면 없음")

  private static let residualModels: [Component] = [
    Component(
      Model.smallResnet(), "residual networks for small images",
      korean: "작은 이미지를 위한 잔차 신경망", source: "He et al. 2015, arXiv 1512.03385",
      aliases: named([20, 32, 44, 56, 110], "resnet"),
      [depth, width, preActivation, squeezeExcitation, dropout],
      conflict: { depthProblem($0, 2, "smallResnet") }),
    Component(
      Model.wideResnet(), "wide residual networks for small images",
      korean: "작은 이미지를 위한 넓은 잔차 신경망",
      source: "Zagoruyko and Komodakis 2016, arXiv 1605.07146",
      aliases: [
        "wideResnet16x8": ["depth": 16, "factor": 8],
        "wideResnet28x10": ["depth": 28, "factor": 10],
      ],
      [
        depth,
        Parameter(
          "factor", .integer(from: 1), "how many times 16 channels", korean: "채널 수 16의 배수"),
        Parameter(
          "dropout", .number(.probability), "the dropout between the convolutions of a block",
          korean: "블록 안 합성곱 사이의 드롭아웃"),
      ], conflict: { depthProblem($0, 4, "wideResnet") }),
    Component(
      Model.resnet(), "residual networks for large images", korean: "큰 이미지를 위한 잔차 신경망",
      source: "He et al. 2015, arXiv 1512.03385; Xie et al. 2017, arXiv 1611.05431",
      aliases: named([18, 34, 50, 101, 152], "resnet").merging(
        [
          "resnext50": ["depth": 50, "groups": 32, "groupWidth": 4],
          "wideResnet50": ["depth": 50, "groupWidth": 128],
        ]) { $1 },
      [
        depth,
        Parameter(
          "stem", .choice(ModelConfiguration.Stem.allCases.map(\.rawValue)),
          "how it begins; small keeps the size of images of about 32 pixels",
          korean: "첫 층의 형태; small은 32픽셀 안팎 이미지의 크기를 유지"),
        width,
        Parameter(
          "groups", .integer(from: 1), "groups of 3x3 convolutions, from depth 50 on",
          korean: "3x3 합성곱의 그룹 수 (depth 50 이상)"),
        Parameter(
          "groupWidth", .integer(from: 1), "channels of a group in the first stage",
          korean: "첫 단계에서 그룹의 채널 수"),
        preActivation, squeezeExcitation, dropout,
      ], conflict: largeResnetProblem),
  ]

  private static let classicModels: [Component] = [
    Component(
      Model.leNet(), "LeNet-5, for digits", korean: "숫자 이미지를 위한 LeNet-5",
      source: "LeCun et al. 1998",
      [
        Parameter(
          "activation", .choice(ActivationName.allCases.map(\.rawValue)),
          "the activation between layers", korean: "층 사이의 활성화 함수")
      ]),
    Component(
      Model.alexNet(), "AlexNet: kernels of 11, 5, 3, 3 and 3",
      korean: "커널 11, 5, 3, 3, 3의 AlexNet",
      source: "Krizhevsky 2014, arXiv 1404.5997; Krizhevsky et al. 2012",
      aliases: ["originalAlexNet": ["variant": "original"]],
      [
        Parameter(
          "variant", .choice(ModelConfiguration.AlexNetVariant.allCases.map(\.rawValue)),
          "which of the published networks", korean: "어느 논문의 신경망인지"),
        dropout,
      ]),
    Component(
      Model.vgg(), "stacks of 3x3 convolutions", korean: "3x3 합성곱을 쌓은 신경망",
      source: "Simonyan and Zisserman 2014, arXiv 1409.1556",
      aliases: vggNames,
      [
        depth,
        Parameter(
          "batchNorm", .flag, "whether each convolution is normalised",
          korean: "합성곱마다 배치 정규화를 둘지 여부"),
        widthMultiplier, dropout,
      ],
      conflict: { depthProblem($0, among: [11, 13, 16, 19], "vgg") }),
  ]

  private static let branchedModels: [Component] = [
    Component(
      Model.googLeNet(), "GoogLeNet, branches of several kernels",
      korean: "여러 커널의 가지를 둔 GoogLeNet", source: "Szegedy et al. 2014, arXiv 1409.4842",
      [dropout]),
    Component(
      Model.inceptionV3(), "Inception's third version", korean: "Inception 3판",
      source: "Szegedy et al. 2015, arXiv 1512.00567", [dropout]),
    Component(
      Model.squeezeNet(), "AlexNet's accuracy with 1.2 million parameters",
      korean: "매개변수 120만 개로 AlexNet 수준의 정확도", source: "Iandola et al. 2016, arXiv 1602.07360",
      aliases: ["squeezeNet1_0": ["version": "paper"], "squeezeNet1_1": ["version": "lighter"]],
      [
        Parameter(
          "version", .choice(ModelConfiguration.SqueezeNetVersion.allCases.map(\.rawValue)),
          "which of the published networks", korean: "어느 판인지"),
        dropout,
      ]),
    Component(
      Model.denseNet121(), "each layer of a block sees all before it",
      korean: "블록의 각 층이 앞의 모든 층을 입력으로 받는 신경망",
      source: "Huang et al. 2017, arXiv 1608.06993",
      [
        Parameter(
          "growth", .integer(from: 1), "channels that each layer adds", korean: "층마다 더하는 채널 수"),
        Parameter(
          "dropout", .number(.probability), "the dropout of each layer's values",
          korean: "층마다의 드롭아웃"),
      ]),
  ]

  private static let mobileModels: [Component] = [
    Component(
      Model.mobileNetV2(), "inverted residuals, for small machines",
      korean: "작은 기기를 위한 역잔차 신경망", source: "Sandler et al. 2018, arXiv 1801.04381",
      [widthMultiplier, dropout]),
    Component(
      Model.mobileNetV3(), "inverted residuals with squeeze-and-excitation",
      korean: "squeeze-and-excitation을 둔 역잔차 신경망",
      source: "Howard et al. 2019, arXiv 1905.02244",
      aliases: [
        "mobileNetV3Small": ["size": "small"], "mobileNetV3Large": ["size": "large"],
      ],
      [
        Parameter(
          "size", .choice(ModelConfiguration.MobileNetSize.allCases.map(\.rawValue)),
          "which of the published networks", korean: "어느 크기의 신경망인지"),
        widthMultiplier, dropout,
      ]),
    Component(
      Model.efficientNetB0(), "inverted residuals scaled in width and depth",
      korean: "너비와 깊이를 함께 조절하는 역잔차 신경망",
      source: "Tan and Le 2019, arXiv 1905.11946",
      [
        widthMultiplier,
        Parameter(
          "depthMultiplier", .number(.positive), "the factor of the number of blocks",
          korean: "블록 수의 배율"),
        dropout, stochasticDepth,
      ]),
  ]

  private static let recentModels: [Component] = [
    Component(
      Model.convNeXtTiny(), "convolutions made like a transformer",
      korean: "트랜스포머를 본뜬 합성곱 신경망", source: "Liu et al. 2022, arXiv 2201.03545",
      [stochasticDepth]),
    Component(
      Model.visionTransformer(), "a transformer over patches of square images",
      korean: "정사각 이미지의 패치를 토큰으로 쓰는 트랜스포머",
      source: "Dosovitskiy et al. 2020, arXiv 2010.11929",
      aliases: [
        "visionTransformerB16": [
          "patch": 16, "depth": 12, "heads": 12, "width": 768, "hiddenWidth": 3072,
        ]
      ],
      [
        Parameter(
          "patch", .integer(from: 1), "pixels of a patch's side; they divide the image's",
          korean: "패치 한 변의 픽셀 수; 이미지 한 변을 나누어야 함"),
        Parameter("depth", .integer(1...64), "blocks", korean: "블록 수"),
        Parameter(
          "heads", .integer(from: 1), "attention heads; they divide width",
          korean: "어텐션 헤드 수; width를 나누어야 함"),
        Parameter("width", .integer(from: 1), "features of a token", korean: "토큰의 특징 수"),
        Parameter(
          "hiddenWidth", .integer(from: 1), "hidden features of a block's linear layers",
          korean: "블록 안 선형 층의 유닛 수"),
        dropout,
      ], conflict: headsProblem),
  ]

  private static let stochasticDepth = Parameter(
    "stochasticDepth", .number(.probability),
    "the share of samples whose last block is skipped in training",
    korean: "학습 중 마지막 블록을 건너뛸 샘플의 비율")

  /// `resnet18` for a depth of 18, and so on.
  private static func named(_ depths: [Int], _ name: String) -> [String: Implied] {
    Dictionary(
      uniqueKeysWithValues: depths.map { ("\(name)\($0)", ["depth": .integer($0)]) })
  }

  private static var vggNames: [String: Implied] {
    var names: [String: Implied] = [:]
    for depth in [11, 13, 16, 19] {
      names["vgg\(depth)"] = ["depth": .integer(depth), "batchNorm": false]
      names["vgg\(depth)BatchNorm"] = ["depth": .integer(depth), "batchNorm": true]
    }
    return names
  }
}

/// What is wrong with a depth that must be so many more than a multiple of six.
private func depthProblem(
  _ values: ParameterValues, _ rest: Int, _ name: String
) -> Localized? {
  guard let depth = values.number("depth").map({ Int($0) }),
    depth < 6 + rest || depth % 6 != rest
  else { return nil }
  let examples = (1...4).map { "\(6 * $0 + rest)" }.joined(separator: ", ")
  return Localized(
    "\(name) has \(rest) layers more than a multiple of 6, not \(depth). Use \(examples), ….",
    korean: "\(name)의 층 수는 6의 배수에 \(rest)을(를) 더한 수여야 하며, \(depth)은(는) 쓸 수 없습니다. "
      + "\(examples), … 중에서 고르십시오.")
}

/// What is wrong with a depth that no published network has.
private func depthProblem(
  _ values: ParameterValues, among depths: [Int], _ name: String
) -> Localized? {
  guard let depth = values.number("depth").map({ Int($0) }), !depths.contains(depth) else {
    return nil
  }
  let list = depths.map(String.init).joined(separator: ", ")
  return Localized(
    "\(name) comes with \(list) layers, not \(depth). Use one of these.",
    korean: "\(name)의 층 수는 \(list) 중 하나여야 하며, \(depth)은(는) 쓸 수 없습니다.")
}

/// What is wrong with a large residual network: its depth, or groups without bottlenecks.
private func largeResnetProblem(_ values: ParameterValues) -> Localized? {
  if let problem = depthProblem(values, among: [18, 34, 50, 101, 152], "resnet") {
    return problem
  }
  let hasGroups = values.number("groups") != 1 || values.number("groupWidth") != 64
  guard hasGroups, let depth = values.number("depth"), depth < 50 else { return nil }
  return Localized(
    "groups and groupWidth need the blocks of resnet50 and deeper. Use depth: 50 or more.",
    korean: "groups와 groupWidth는 resnet50 이상의 블록에서만 쓸 수 있습니다. depth를 50 이상으로 "
      + "지정하십시오.")
}

/// What is wrong with heads that do not divide a width.
private func headsProblem(_ values: ParameterValues) -> Localized? {
  guard let heads = values.number("heads").map({ Int($0) }),
    let width = values.number("width").map({ Int($0) }), !width.isMultiple(of: heads)
  else { return nil }
  return Localized(
    "\(heads) heads do not divide the width of \(width). Use a divisor of \(width).",
    korean: "헤드 \(heads)개로 width \(width)을(를) 나눌 수 없습니다. \(width)의 약수를 사용하십시오.")
}
