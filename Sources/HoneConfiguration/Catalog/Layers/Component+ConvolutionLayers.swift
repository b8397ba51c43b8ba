extension Component {
  private typealias Layer = LayerSpecification.Convolution

  private static func size(_ dimensions: Int, from lower: Int = 1) -> ValueShape {
    dimensions == 1
      ? .integer(from: lower) : .sides(dimensions...dimensions, from: lower)
  }

  private static func padding(_ dimensions: Int) -> ValueShape {
    .either([
      .integer(from: 0), .choice(["same"]), .list(.integer(from: 0), dimensions...dimensions),
    ])
  }

  private static func convolution(_ dimensions: Int) -> [Parameter] {
    [
      LayerKey.outputs("output channels", korean: "출력 채널 수"),
      Parameter("kernel", size(dimensions), "the window's extent", korean: "커널 크기"),
      Parameter(
        "stride", size(dimensions), "the step between windows", korean: "커널의 이동 간격"),
      Parameter(
        "padding", padding(dimensions), "added on each side, or same",
        korean: "양쪽에 덧대는 칸 수, 또는 same"),
      Parameter("groups", .integer(from: 1), "groups of channels", korean: "채널 그룹 수"),
      Parameter(
        "dilation", size(dimensions), "the spacing of the window's taps",
        korean: "커널 원소 사이의 간격"),
      LayerKey.bias, LayerKey.initializer,
    ]
  }

  static let convolutionLayers: [Component] = [
    Component(
      Layer.conv1d(outputs: 1), "a convolution over sequences", korean: "시퀀스 합성곱 층",
      shorthand: "outputs", convolution(1)),
    Component(
      Layer.conv2d(outputs: 1), "a convolution over images", korean: "이미지 합성곱 층",
      source: "LeCun et al. 1998", shorthand: "outputs", convolution(2)),
  ]
}
