extension Component {
  private typealias Layer = LayerSpecification.Activation

  static let activationLayers: [Component] = [
    Component(Layer.relu, "max(x, 0)", korean: "max(x, 0)", source: "Nair and Hinton 2010"),
    Component(
      Layer.leakyReLU(), "x where positive, else slope times x", korean: "양수는 그대로, 음수는 기울기를 곱함",
      source: "Maas et al. 2013", shorthand: "slope",
      [Parameter("slope", .number(.any), "the slope below zero", korean: "음수 쪽 기울기")]),
    Component(
      Layer.elu(), "x where positive, else alpha (exp x - 1)",
      korean: "양수는 그대로, 음수는 alpha (exp x - 1)",
      source: "Clevert et al. 2015, arXiv 1511.07289", shorthand: "alpha",
      [Parameter("alpha", .number(.positive), "the depth below zero", korean: "음수 쪽 깊이")]),
    Component(
      Layer.selu, "the self-normalising ELU", korean: "자기 정규화 ELU",
      source: "Klambauer et al. 2017, arXiv 1706.02515"),
    Component(
      Layer.gelu, "x times the normal distribution function", korean: "x에 정규 분포 함수를 곱함",
      source: "Hendrycks and Gimpel 2016, arXiv 1606.08415"),
    Component(
      Layer.silu, "x times its sigmoid", korean: "x에 시그모이드를 곱함",
      source: "Elfwing et al. 2017, arXiv 1702.03118"),
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
  ]
}
