extension Component {
  private typealias Layer = LayerSpecification.Activation

  private static let lambda = Parameter(
    "lambda", .number(.nonNegative), "how far from zero", korean: "0에서 떨어진 거리")

  static let activationLayers: [Component] =
    rectifiers + smoothRectifiers + boundedActivations + shrinkage + normalizedActivations

  private static let rectifiers: [Component] = [
    Component(
      Layer.relu, "the positive part", korean: "양수 부분", source: "Nair and Hinton 2010",
      formula: "max(x, 0)"),
    Component(
      Layer.relu6, "the positive part up to six", korean: "6까지의 양수 부분",
      source: "Krizhevsky 2010", formula: "min(max(x, 0), 6)"),
    Component(
      Layer.leakyReLU(), "x where positive, else slope times x", korean: "양수는 그대로, 음수는 기울기를 곱함",
      source: "Maas et al. 2013", formula: "max(x, 0) + slope min(x, 0)", shorthand: "slope",
      [Parameter("slope", .number(.any), "the slope below zero", korean: "음수 쪽 기울기")]),
    Component(
      Layer.prelu(), "x where positive, else a learned slope times x",
      korean: "양수는 그대로, 음수는 학습한 기울기를 곱함", source: "He et al. 2015, arXiv 1502.01852",
      formula: "max(x, 0) + a min(x, 0)", shorthand: "slope",
      [
        Parameter("slope", .number(.any), "the slope at first", korean: "처음 기울기"),
        Parameter(
          "perChannel", .flag, "whether each channel has a slope of its own",
          korean: "채널마다 기울기를 둘지 여부"),
      ]),
    Component(
      Layer.rrelu(), "x where positive, else a slope drawn in training, its mean afterwards",
      korean: "양수는 그대로, 음수는 훈련 중 뽑은 기울기(평가 때는 평균)를 곱함",
      source: "Xu et al. 2015, arXiv 1505.00853", formula: "max(x, 0) + a min(x, 0), a uniform",
      [
        Parameter("lower", .number(.nonNegative), "the lower bound of slopes", korean: "기울기의 하한"),
        Parameter("upper", .number(.nonNegative), "the upper bound of slopes", korean: "기울기의 상한"),
      ],
      conflict: { $0.disorder("lower", "upper", allowsEqual: true) }),
    Component(
      Layer.threshold(threshold: 0, value: 0), "x where it exceeds the threshold, else a value",
      korean: "문턱보다 크면 그대로, 아니면 정한 값", formula: "x if x > threshold else value",
      [
        Parameter("threshold", .number(.any), "the threshold", korean: "문턱", isRequired: true),
        Parameter("value", .number(.any), "the value below", korean: "대신 쓸 값", isRequired: true),
      ]),
  ]

  private static let smoothRectifiers: [Component] = [
    Component(
      Layer.elu(), "x where positive, else an exponential", korean: "양수는 그대로, 음수는 지수 함수",
      source: "Clevert et al. 2015, arXiv 1511.07289",
      formula: "x if x > 0 else alpha (exp x - 1)", shorthand: "alpha",
      [Parameter("alpha", .number(.positive), "the depth below zero", korean: "음수 쪽 깊이")]),
    Component(
      Layer.celu(), "an ELU with a continuous slope", korean: "기울기가 이어지는 ELU",
      source: "Barron 2017, arXiv 1704.07483",
      formula: "max(x, 0) + min(0, alpha (exp(x / alpha) - 1))", shorthand: "alpha",
      [Parameter("alpha", .number(.positive), "the depth below zero", korean: "음수 쪽 깊이")]),
    Component(
      Layer.selu, "the self-normalising ELU; weights before it begin with lecunNormal",
      korean: "자기 정규화 ELU; 앞의 가중치는 lecunNormal로 시작",
      source: "Klambauer et al. 2017, arXiv 1706.02515",
      formula: "1.0507 (x if x > 0 else 1.6733 (exp x - 1))"),
    Component(
      Layer.gelu(), "x times the normal distribution function", korean: "x에 정규 분포 함수를 곱함",
      source: "Hendrycks and Gimpel 2016, arXiv 1606.08415", formula: "x Φ(x)",
      [
        Parameter(
          "approximation", .words(LayerSpecification.GELUForm.self), "how Φ is computed",
          korean: "Φ를 구하는 방법")
      ]),
    Component(
      Layer.silu, "x times its sigmoid, also called swish", korean: "x에 시그모이드를 곱함 (swish)",
      source: "Elfwing et al. 2017, arXiv 1702.03118", formula: "x sigmoid(x)",
      aliases: ["swish": [:]]),
    Component(
      Layer.mish, "x times tanh of its softplus", korean: "x에 tanh(softplus)를 곱함",
      source: "Misra 2019, arXiv 1908.08681", formula: "x tanh(softplus(x))"),
    Component(
      Layer.hardSwish, "a piecewise linear relative of silu", korean: "조각별 선형으로 근사한 silu",
      source: "Howard et al. 2019, arXiv 1905.02244", formula: "x min(max(x + 3, 0), 6) / 6"),
    Component(
      Layer.softplus(), "a smooth and positive rectifier", korean: "매끄럽고 늘 양수인 relu",
      source: "Dugas et al. 2001", formula: "log(1 + exp(beta x)) / beta",
      [
        Parameter("beta", .number(.positive), "the steepness", korean: "가파른 정도"),
        Parameter(
          "threshold", .number(.any), "where x itself is given, to keep exponentials finite",
          korean: "지수가 넘치지 않도록 x를 그대로 쓰는 경계"),
      ]),
  ]

  private static let boundedActivations: [Component] = [
    Component(Layer.tanh, "hyperbolic tangent", korean: "쌍곡탄젠트", formula: "tanh x"),
    Component(
      Layer.hardTanh(), "x, cut at two bounds", korean: "두 경계에서 자른 x",
      formula: "min(max(x, minimum), maximum)",
      [
        Parameter("minimum", .number(.any), "the lower bound", korean: "하한"),
        Parameter("maximum", .number(.any), "the upper bound", korean: "상한"),
      ],
      conflict: { $0.disorder("minimum", "maximum") }),
    Component(
      Layer.sigmoid, "logistic function", korean: "로지스틱 함수", formula: "1 / (1 + exp -x)"),
    Component(
      Layer.hardSigmoid, "a piecewise linear relative of sigmoid", korean: "조각별 선형으로 근사한 시그모이드",
      formula: "min(max(x + 3, 0), 6) / 6"),
    Component(
      Layer.logSigmoid, "the logarithm of the logistic function", korean: "로지스틱 함수의 로그",
      formula: "-log(1 + exp -x)"),
    Component(
      Layer.softsign, "x over one plus its size", korean: "x를 1 + |x|로 나눔",
      formula: "x / (1 + |x|)"),
  ]

  private static let shrinkage: [Component] = [
    Component(
      Layer.tanhShrink, "x minus its hyperbolic tangent", korean: "x에서 쌍곡탄젠트를 뺌",
      formula: "x - tanh x"),
    Component(
      Layer.softShrink(), "x moved towards zero", korean: "x를 0 쪽으로 옮김",
      formula: "sign(x) max(|x| - lambda, 0)", shorthand: "lambda", [lambda]),
    Component(
      Layer.hardShrink(), "x, zero near zero", korean: "0 가까이에서는 0",
      formula: "x if |x| > lambda else 0", shorthand: "lambda", [lambda]),
  ]

  private static let normalizedActivations: [Component] = [
    Component(
      Layer.softmax(),
      "exponentials that sum to one over an axis; losses on logits apply it themselves",
      korean: "한 축에서 합이 1이 되는 지수; 로짓 손실은 스스로 적용함", formula: "exp xᵢ / Σ exp xⱼ",
      shorthand: "axis", [LayerKey.axis]),
    Component(
      Layer.logSoftmax(), "the logarithm of softmax", korean: "softmax의 로그",
      formula: "xᵢ - log Σ exp xⱼ", shorthand: "axis", [LayerKey.axis]),
    Component(
      Layer.softmin(), "softmax of -x", korean: "-x의 softmax", formula: "exp -xᵢ / Σ exp -xⱼ",
      shorthand: "axis", [LayerKey.axis]),
    Component(
      Layer.glu(), "one half of an axis times an activation of the other",
      korean: "축의 절반에 나머지 절반의 활성값을 곱함",
      source: "Dauphin et al. 2016, arXiv 1612.08083; Shazeer 2020, arXiv 2002.05202",
      formula: "a activation(b), x = [a, b]", shorthand: "axis",
      [
        LayerKey.axis,
        LayerKey.activation("what is applied to the second half", korean: "뒤 절반에 적용하는 함수"),
      ]),
  ]
}
