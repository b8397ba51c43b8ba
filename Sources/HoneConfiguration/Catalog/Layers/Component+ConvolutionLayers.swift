extension Component {
  private typealias Layer = LayerSpecification.Convolution

  private static let channels = LayerKey.outputs("output channels", korean: "출력 채널 수")
  private static let groups = Parameter(
    "groups", .integer(from: 1), "groups of channels that do not see each other",
    korean: "서로 보지 않는 채널 그룹 수")
  private static let multiplier = Parameter(
    "multiplier", .integer(from: 1), "channels made of each input channel",
    korean: "입력 채널 하나에서 만드는 채널 수")

  private static func window(_ dimensions: Int) -> [Parameter] {
    let range = dimensions...dimensions
    return [
      LayerKey.sides("kernel", range, "the window's extent", korean: "커널 크기"),
      LayerKey.sides("stride", range, "the step between windows", korean: "커널의 이동 간격"),
    ]
  }

  private static func dilation(_ dimensions: Int) -> Parameter {
    LayerKey.sides(
      "dilation", dimensions...dimensions, "the spacing of the window's taps",
      korean: "커널 원소 사이의 간격")
  }

  private static func padding(_ dimensions: Int) -> [Parameter] {
    var shapes: [ValueShape] = [.integer(from: 0), .choice(["same"])]
    if dimensions > 1 { shapes.append(.list(.integer(from: 0), dimensions...dimensions)) }
    return [
      Parameter(
        "padding", .either(shapes), "added on each side; same keeps the extent at stride 1",
        korean: "양쪽에 덧대는 칸 수; same이면 stride 1에서 크기를 유지"),
      Parameter(
        "paddingMode", .words(LayerSpecification.PaddingContent.self), "what is added",
        korean: "덧대는 값"),
    ]
  }

  private static func convolution(_ dimensions: Int) -> [Parameter] {
    [channels] + window(dimensions) + padding(dimensions) + [
      groups, dilation(dimensions), LayerKey.bias, LayerKey.initializer,
    ]
  }

  private static func transposed(_ dimensions: Int) -> [Parameter] {
    let range = dimensions...dimensions
    return [channels] + window(dimensions) + [
      LayerKey.sides(
        "padding", range, from: 0, "taken off the output on each side",
        korean: "출력의 양쪽에서 덜어내는 칸 수"),
      LayerKey.sides(
        "outputPadding", range, from: 0, "added to the output at the end",
        korean: "출력의 끝에 더하는 칸 수"),
      groups, dilation(dimensions), LayerKey.bias, LayerKey.initializer,
    ]
  }

  private static func separable(_ dimensions: Int) -> [Parameter] {
    [channels] + window(dimensions) + padding(dimensions) + [
      dilation(dimensions), multiplier, LayerKey.bias, LayerKey.initializer,
    ]
  }

  private static let formula = "y[o, p] = b[o] + Σ W[o, i, k] x[i, stride p + dilation k - padding]"
  private static let transposedFormula =
    "y[o, stride p + dilation k - padding] += W[i, o, k] x[i, p]"
  private static let transposedSource = "Dumoulin and Visin 2016, arXiv 1603.07285"
  private static let separableFormula = "a convolution per channel, then one of kernel 1"
  private static let separableSource = "Chollet 2016, arXiv 1610.02357"

  static let convolutionLayers: [Component] = [
    Component(
      Layer.conv1d(outputs: 1), "a convolution over sequences [channels, length]",
      korean: "시퀀스 [channels, length] 합성곱 층", formula: formula, shorthand: "outputs",
      convolution(1)),
    Component(
      Layer.conv2d(outputs: 1), "a convolution over images", korean: "이미지 합성곱 층",
      source: "LeCun et al. 1998", formula: formula, shorthand: "outputs", convolution(2)),
    Component(
      Layer.conv3d(outputs: 1), "a convolution over volumes or videos",
      korean: "부피나 동영상 합성곱 층", formula: formula, shorthand: "outputs", convolution(3)),
    Component(
      Layer.convTranspose1d(outputs: 1), "the transpose of conv1d, which enlarges",
      korean: "conv1d의 전치 (크기를 키움)", source: transposedSource, formula: transposedFormula,
      shorthand: "outputs", transposed(1)),
    Component(
      Layer.convTranspose2d(outputs: 1), "the transpose of conv2d, which enlarges",
      korean: "conv2d의 전치 (크기를 키움)", source: transposedSource, formula: transposedFormula,
      shorthand: "outputs", transposed(2)),
    Component(
      Layer.convTranspose3d(outputs: 1), "the transpose of conv3d, which enlarges",
      korean: "conv3d의 전치 (크기를 키움)", source: transposedSource, formula: transposedFormula,
      shorthand: "outputs", transposed(3)),
    Component(
      Layer.depthwiseSeparable1d(outputs: 1),
      "a convolution of each channel of a sequence, then one over channels",
      korean: "시퀀스의 채널마다 합성곱한 뒤 채널을 섞는 층", source: separableSource,
      formula: separableFormula, shorthand: "outputs", separable(1)),
    Component(
      Layer.depthwiseSeparable2d(outputs: 1),
      "a convolution of each channel of an image, then one over channels",
      korean: "이미지의 채널마다 합성곱한 뒤 채널을 섞는 층", source: separableSource,
      formula: separableFormula, shorthand: "outputs", separable(2)),
    Component(
      Layer.squeezeExcitation(), "scales channels by factors computed from the means of all",
      korean: "모든 채널의 평균에서 구한 배율을 채널에 곱함",
      source: "Hu et al. 2017, arXiv 1709.01507", formula: "y = x gate(W₂ activation(W₁ mean(x)))",
      shorthand: "reduction",
      [
        Parameter(
          "reduction", .integer(from: 1), "how many times fewer channels lie between",
          korean: "중간에서 채널을 줄이는 배수"),
        LayerKey.activation("between the two weights", korean: "두 가중치 사이의 활성화 함수"),
        LayerKey.activation(named: "gate", "what makes factors", korean: "배율을 만드는 함수"),
        LayerKey.initializer,
      ]),
  ]
}
