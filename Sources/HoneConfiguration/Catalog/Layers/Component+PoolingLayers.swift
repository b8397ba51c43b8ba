import HoneRecords
import HoneText

extension Component {
  private typealias Layer = LayerSpecification.Pooling

  private static let window: [Parameter] = [
    LayerKey.sides("window", 1...3, "the window's extent", korean: "창 크기"),
    Parameter(
      "stride", .optional(.sides(1...3, from: 1)), "the step between windows; null for the window",
      korean: "창의 이동 간격; null이면 창 크기와 같음"),
    LayerKey.sides(
      "padding", 1...3, from: 0, "cells added on each side", korean: "양쪽에 덧대는 칸 수"),
  ]
  private static let ceilMode = Parameter(
    "ceilMode", .flag, "whether windows may reach over the end", korean: "끝을 넘는 창도 쓸지 여부")
  private static let size = LayerKey.sides(
    "outputs", 1...3, "the extent of the result", korean: "결과의 크기")
  private static let factor = Parameter(
    "factor", .integer(from: 1), "how many times the sides change", korean: "변의 배수",
    isRequired: true)

  /// `maxPool1d`, `maxPool2d`, `maxPool3d` for `maxPool`.
  private static func byDimensions(_ name: String) -> [String: [String: ConfigurationValue]] {
    Dictionary(
      uniqueKeysWithValues: (1...3).map { ("\(name)\($0)d", ["dimensions": .integer($0)]) })
  }

  static let poolingLayers: [Component] = [
    Component(
      Layer.maxPool(), "the largest value of each window", korean: "창마다 최댓값",
      formula: "y[p] = max over k of x[stride p + dilation k - padding]", shorthand: "window",
      aliases: byDimensions("maxPool"),
      window + [
        LayerKey.sides(
          "dilation", 1...3, "the spacing of the window's taps", korean: "창 원소 사이의 간격"),
        ceilMode, LayerKey.dimensions,
      ]),
    Component(
      Layer.averagePool(), "the mean of each window", korean: "창마다 평균",
      formula: "y[p] = mean over k of x[stride p + k - padding]", shorthand: "window",
      aliases: byDimensions("averagePool"),
      window + [
        ceilMode,
        Parameter(
          "countIncludePad", .flag, "whether padding counts in means",
          korean: "덧댄 칸도 평균에 넣을지 여부"),
        LayerKey.dimensions,
      ]),
    Component(
      Layer.globalAveragePool, "the mean of each channel", korean: "채널마다 평균",
      source: "Lin et al. 2013, arXiv 1312.4400"),
    Component(Layer.globalMaxPool, "the largest value of each channel", korean: "채널마다 최댓값"),
    Component(
      Layer.adaptiveAveragePool(), "means over as many windows as outputs are asked for",
      korean: "출력 크기에 맞춘 평균 풀링", shorthand: "outputs",
      aliases: byDimensions("adaptiveAveragePool"), [size, LayerKey.dimensions]),
    Component(
      Layer.adaptiveMaxPool(), "largest values of as many windows as outputs are asked for",
      korean: "출력 크기에 맞춘 최댓값 풀링", shorthand: "outputs",
      aliases: byDimensions("adaptiveMaxPool"), [size, LayerKey.dimensions]),
    Component(
      Layer.upsample(), "more positions, between the ones there are", korean: "위치 사이를 채워 크기를 키움",
      source: "bicubic: Keys 1981", shorthand: "scale",
      [
        Parameter(
          "scale", .optional(.number(.positive)), "the factor of the extents; or give the size",
          korean: "크기의 배수; 또는 size를 지정"),
        Parameter(
          "size", .optional(.sides(1...3, from: 1)), "the extents; or give the scale",
          korean: "결과의 크기; 또는 scale을 지정"),
        Parameter(
          "mode", .words(LayerSpecification.Interpolation.self), "how values between are found",
          korean: "사이 값을 구하는 방법"),
        Parameter(
          "alignCorners", .flag, "whether the corners of input and output coincide",
          korean: "입력과 출력의 모서리를 맞출지 여부"),
      ],
      conflict: { values in
        guard values.isNull("scale") == values.isNull("size") else { return nil }
        return Localized(
          "give either scale or size.", korean: "scale과 size 가운데 하나를 지정하십시오.")
      }),
    Component(
      Layer.pixelShuffle(factor: 2), "channels become positions", korean: "채널을 위치로 옮김",
      source: "Shi et al. 2016, arXiv 1609.05158",
      formula: "[c f², h, w] becomes [c, f h, f w]", shorthand: "factor", [factor]),
    Component(
      Layer.pixelUnshuffle(factor: 2), "positions become channels", korean: "위치를 채널로 옮김",
      formula: "[c, f h, f w] becomes [c f², h, w]", shorthand: "factor", [factor]),
  ]
}
