extension Component {
  private typealias Layer = LayerSpecification.Pooling

  private static let window: [Parameter] = [
    LayerKey.sides("window", 1...3, "the window's extent", korean: "창 크기"),
    Parameter(
      "stride", .optional(.sides(1...3, from: 1)), "the step between windows; null for the window",
      korean: "창의 이동 간격; null이면 창 크기와 같음"),
    LayerKey.sides("padding", 1...3, from: 0, "cells added on each side", korean: "양쪽에 덧대는 칸 수"),
  ]

  static let poolingLayers: [Component] = [
    Component(
      Layer.maxPool(), "the largest value of each window", korean: "창마다 최댓값", shorthand: "window",
      window),
    Component(
      Layer.averagePool(), "the mean of each window", korean: "창마다 평균", shorthand: "window",
      window),
    Component(Layer.globalAveragePool, "the mean of each channel", korean: "채널마다 평균"),
    Component(
      Layer.adaptiveAveragePool(), "means over as many windows as outputs are asked for",
      korean: "출력 크기에 맞춘 평균 풀링", shorthand: "outputs",
      [LayerKey.sides("outputs", 1...3, "the extent of the result", korean: "결과의 크기")]),
  ]
}
