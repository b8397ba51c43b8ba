extension Component {
  static let layers: [Component] =
    weightLayers + normalizationLayers + poolingLayers + activationLayers + containerLayers

  private typealias Layer = LayerSpecification

  private static let extent = ValueShape.either([
    .integer(from: 1), .list(.integer(from: 1), 2...2),
  ])
  private static let margin = ValueShape.either([
    .integer(from: 0), .list(.integer(from: 0), 2...2),
  ])
  private static let padding = ValueShape.either([
    .integer(from: 0), .choice(["same"]), .list(.integer(from: 0), 2...2),
  ])
  private static let bias = Parameter(
    "bias", .flag, "whether a learned number is added per output", korean: "출력마다 편향을 더할지 여부")
  private static let initializer = Parameter(
    "initializer", .optional(taggedInitializer),
    "how weights begin; null for the layer's usual way",
    korean: "가중치 초기화 방법; null이면 층의 기본 방법")
  static let taggedInitializer = ValueShape.tagged(
    TaggedShape(family: .initializers, key: "kind", usual: nil, payload: nil, common: []))

  private static func convolution(_ size: ValueShape, _ padding: ValueShape) -> [Parameter] {
    [
      Parameter(
        "outputs", .integer(from: 1), "output channels", korean: "출력 채널 수", isRequired: true),
      Parameter("kernel", size, "the window's extent", korean: "커널 크기"),
      Parameter("stride", size, "the step between windows", korean: "커널의 이동 간격"),
      Parameter(
        "padding", padding, "zeros on each side, or same", korean: "양쪽에 덧대는 0의 수, 또는 same"),
      Parameter("groups", .integer(from: 1), "groups of channels", korean: "채널 그룹 수"),
      Parameter("dilation", size, "the spacing of the window's taps", korean: "커널 원소 사이의 간격"),
      bias, initializer,
    ]
  }

  private static let weightLayers: [Component] = [
    Component(
      Layer.linear(outputs: .classes), "a fully connected layer", korean: "완전 연결 층",
      shorthand: "outputs",
      [
        Parameter(
          "outputs", .either([.integer(from: 1), .choice(["classes"])]),
          "outputs; the word classes for as many as the task needs",
          korean: "출력 수; classes라고 쓰면 과제에 필요한 만큼", isRequired: true),
        bias, initializer,
      ]),
    Component(
      Layer.conv1d(outputs: 1), "a convolution over sequences", korean: "시퀀스 합성곱 층",
      shorthand: "outputs",
      convolution(.integer(from: 1), .either([.integer(from: 0), .choice(["same"])]))),
    Component(
      Layer.conv2d(outputs: 1), "a convolution over images", korean: "이미지 합성곱 층",
      shorthand: "outputs", convolution(extent, padding)),
    Component(
      Layer.embedding(vocabulary: 1, outputs: 1), "a vector for each number of a vocabulary",
      korean: "어휘 번호마다 벡터를 두는 임베딩 층",
      [
        Parameter(
          "vocabulary", .integer(from: 1), "how many numbers there are", korean: "어휘 크기",
          isRequired: true),
        Parameter(
          "outputs", .integer(from: 1), "the length of a vector", korean: "벡터의 길이",
          isRequired: true),
      ]),
  ]

  private static let epsilon = Parameter(
    "epsilon", .number(.positive), "added to the variance", korean: "분산에 더하는 작은 수")

  private static let normalizationLayers: [Component] = [
    Component(
      Layer.batchNorm(), "normalisation over the batch", korean: "배치 정규화",
      source: "Ioffe and Szegedy 2015, arXiv 1502.03167",
      [
        Parameter(
          "momentum", .number(.share), "the weight of a batch in the running statistics",
          korean: "이동 통계에서 새 배치의 비중"),
        epsilon,
      ]),
    Component(
      Layer.layerNorm(), "normalisation over a sample's features", korean: "층 정규화",
      source: "Ba et al. 2016, arXiv 1607.06450", [epsilon]),
    Component(
      Layer.dropout(), "zeroes activations while training and scales the rest",
      korean: "훈련 중 활성값 일부를 0으로 만들고 나머지를 키움",
      source: "Srivastava et al. 2014", shorthand: "probability",
      [
        Parameter(
          "probability", .number(.probability), "the probability that an activation is zeroed",
          korean: "활성값을 0으로 만들 확률")
      ]),
  ]

  private static let pooling: [Parameter] = [
    Parameter("window", extent, "the window's extent", korean: "창 크기"),
    Parameter(
      "stride", .optional(extent), "the step between windows; null for the window",
      korean: "창의 이동 간격; null이면 창 크기와 같음"),
    Parameter("padding", margin, "cells added on each side", korean: "양쪽에 덧대는 칸 수"),
  ]

  private static let poolingLayers: [Component] = [
    Component(
      Layer.maxPool(), "the largest value of each window", korean: "창마다 최댓값", shorthand: "window",
      pooling),
    Component(
      Layer.averagePool(), "the mean of each window", korean: "창마다 평균", shorthand: "window",
      pooling),
    Component(Layer.globalAveragePool, "the mean of each channel", korean: "채널마다 평균"),
    Component(
      Layer.adaptiveAveragePool(), "means over as many windows as outputs are asked for",
      korean: "출력 크기에 맞춘 평균 풀링", shorthand: "outputs",
      [Parameter("outputs", extent, "the extent of the result", korean: "결과의 크기")]),
    Component(Layer.flatten, "makes one axis of all but the batch", korean: "배치 외의 축을 하나로 폄"),
  ]

  private static let activationLayers: [Component] = [
    Component(Layer.relu, "max(x, 0)", korean: "max(x, 0)"),
    Component(
      Layer.leakyReLU(), "x where positive, else slope times x", korean: "양수는 그대로, 음수는 기울기를 곱함",
      source: "Maas et al. 2013", shorthand: "slope",
      [Parameter("slope", .number(.any), "the slope below zero", korean: "음수 쪽 기울기")]),
    Component(
      Layer.elu(), "x where positive, else alpha (exp x - 1)",
      korean: "양수는 그대로, 음수는 alpha (exp x - 1)", source: "arXiv 1511.07289", shorthand: "alpha",
      [Parameter("alpha", .number(.positive), "the depth below zero", korean: "음수 쪽 깊이")]),
    Component(
      Layer.selu, "the self-normalising ELU", korean: "자기 정규화 ELU",
      source: "Klambauer et al. 2017, arXiv 1706.02515"),
    Component(
      Layer.gelu, "x times the normal distribution function", korean: "x에 정규 분포 함수를 곱함",
      source: "Hendrycks and Gimpel 2016, arXiv 1606.08415"),
    Component(
      Layer.silu, "x times its sigmoid", korean: "x에 시그모이드를 곱함", source: "arXiv 1702.03118"),
    Component(
      Layer.mish, "x times tanh of its softplus", korean: "x에 tanh(softplus)를 곱함",
      source: "Misra 2019, arXiv 1908.08681"),
    Component(Layer.tanh, "hyperbolic tangent", korean: "쌍곡탄젠트"),
    Component(Layer.sigmoid, "logistic function", korean: "로지스틱 함수"),
    Component(Layer.softplus, "log(1 + exp x)", korean: "log(1 + exp x)"),
    Component(
      Layer.softmax(), "exponentials that sum to one over an axis",
      korean: "한 축에서 합이 1이 되는 지수", shorthand: "axis",
      [Parameter("axis", .integer(-8...8), "the axis", korean: "축 번호")]),
    Component(
      Layer.hardSwish, "a piecewise linear relative of silu", korean: "조각별 선형으로 근사한 silu",
      source: "Howard et al. 2019, arXiv 1905.02244"),
    Component(Layer.identity, "nothing", korean: "아무것도 하지 않음"),
  ]

  private static let inner = Parameter(
    "layers", .list(.component(.layers), 1...Int.max), "the layers", korean: "층 목록",
    isRequired: true)

  private static let containerLayers: [Component] = [
    Component(
      Layer.sequence(layers: []), "layers one after the other, as one", korean: "차례로 이은 층들을 하나로 묶음",
      shorthand: "layers", [inner]),
    Component(
      Layer.residual(layers: []), "adds the input to what the layers make of it",
      korean: "층들의 결과에 입력을 더함", source: "He et al. 2015, arXiv 1512.03385",
      shorthand: "layers", [inner]),
    Component(
      Layer.parallel(layers: []), "gives the input to each branch and joins the results",
      korean: "입력을 갈래마다 주고 결과를 합침", shorthand: "layers",
      [
        inner,
        Parameter(
          "join", .choice(Layer.Joining.allCases.map(\.rawValue)), "how branches are joined",
          korean: "갈래를 합치는 방법"),
      ]),
    Component(
      Layer.repeat(count: 1, layers: []), "the layers so many times, each with weights of its own",
      korean: "층들을 여러 번 반복 (가중치는 따로)",
      [
        Parameter("count", .integer(1...1000), "how often", korean: "반복 횟수", isRequired: true),
        inner,
      ]),
  ]
}
