extension Component {
  private typealias Layer = LayerSpecification.Noise

  static let noiseLayers: [Component] = [
    Component(
      Layer.dropout(), "zeroes activations while training and scales the rest",
      korean: "훈련 중 활성값 일부를 0으로 만들고 나머지를 키움",
      source: "Srivastava et al. 2014", shorthand: "probability",
      [
        Parameter(
          "probability", .number(.probability), "the probability that an activation is zeroed",
          korean: "활성값을 0으로 만들 확률")
      ])
  ]
}
