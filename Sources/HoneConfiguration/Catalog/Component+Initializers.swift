import HoneText

extension Component {
  private typealias Initializer = InitializerSpecification

  private static func mode(_ sides: [Initializer.Fan]) -> Parameter {
    Parameter(
      "mode", .choice(sides.map(\.rawValue)), "the side of the layer that keeps its variance",
      korean: "분산을 유지할 쪽")
  }
  private static let gain = Parameter(
    "gain", .number(.positive), "a factor of the standard deviation", korean: "표준편차에 곱하는 수")
  private static let mean = Parameter("mean", .number(.any), "the mean", korean: "평균")
  private static let deviation = Parameter(
    "std", .number(.positive), "the standard deviation", korean: "표준편차")
  private static let forActivation: [Parameter] = [
    mode([.fanIn, .fanOut]),
    Parameter(
      "activation", .choice(Initializer.Activation.allCases.map(\.rawValue)),
      "the activation behind the layer, which gives the gain", korean: "이득을 정하는 뒤쪽 활성화 함수"),
    Parameter(
      "slope", .number(.any), "the slope left of zero, of leakyReLU", korean: "leakyReLU의 음수 쪽 기울기"),
  ]

  static let initializers: [Component] =
    scaledInitializers + plainInitializers + structuredInitializers + constantInitializers

  private static let scaledInitializers: [Component] = [
    Component(
      Initializer.standard, "as PyTorch's linear layers and convolutions begin",
      korean: "PyTorch 선형 층과 합성곱 층의 기본 초기화", formula: "uniform within ±1/√inputs"),
    Component(
      Initializer.kaimingNormal(), "normal, variance for an activation",
      korean: "활성화 함수에 맞춘 정규 분포 (He)",
      source: "He et al. 2015, arXiv 1502.01852", formula: "std = gain / √fan",
      aliases: ["heNormal": [:]], forActivation),
    Component(
      Initializer.kaimingUniform(), "uniform, variance for an activation",
      korean: "활성화 함수에 맞춘 균등 분포 (He)",
      source: "He et al. 2015, arXiv 1502.01852", formula: "within ±gain √(3 / fan)",
      aliases: ["heUniform": [:]], forActivation),
    Component(
      Initializer.xavierNormal(), "normal, variance for symmetric activations",
      korean: "대칭 활성화 함수에 맞춘 정규 분포 (Xavier)", source: "Glorot and Bengio 2010",
      formula: "std = gain √(2 / (inputs + outputs))", aliases: ["glorotNormal": [:]], [gain]),
    Component(
      Initializer.xavierUniform(), "uniform, variance for symmetric activations",
      korean: "대칭 활성화 함수에 맞춘 균등 분포 (Xavier)", source: "Glorot and Bengio 2010",
      formula: "within ±gain √(6 / (inputs + outputs))", aliases: ["glorotUniform": [:]], [gain]),
    Component(
      Initializer.lecunNormal, "normal with variance 1/inputs", korean: "분산이 1/입력 수인 정규 분포",
      source: "LeCun et al. 1998", formula: "std = 1 / √inputs"),
    Component(
      Initializer.lecunUniform, "uniform with variance 1/inputs", korean: "분산이 1/입력 수인 균등 분포",
      source: "LeCun et al. 1998", formula: "within ±√(3 / inputs)"),
    Component(
      Initializer.varianceScaling(), "variance scale/fan, the general form of those above",
      korean: "분산이 scale/fan인 일반형", source: "Keras", formula: "variance = scale / fan",
      [
        Parameter(
          "scale", .number(.positive), "the variance times the fan", korean: "분산과 fan의 곱"),
        mode(Initializer.Fan.allCases),
        Parameter(
          "distribution", .choice(Initializer.Distribution.allCases.map(\.rawValue)),
          "the distribution's shape", korean: "분포의 모양"),
      ]),
  ]

  private static let plainInitializers: [Component] = [
    Component(Initializer.normal(), "normal", korean: "정규 분포", [mean, deviation]),
    Component(
      Initializer.truncatedNormal(), "normal, cut at two standard deviations",
      korean: "표준편차 두 배에서 자른 정규 분포", [mean, deviation]),
    Component(
      Initializer.uniform(), "uniform", korean: "균등 분포",
      [
        Parameter("low", .number(.any), "the lower bound", korean: "하한"),
        Parameter("high", .number(.any), "the upper bound", korean: "상한"),
      ],
      conflict: { $0.disorder("low", "high") }),
  ]

  private static let structuredInitializers: [Component] = [
    Component(
      Initializer.orthogonal(), "orthogonal rows", korean: "직교 행렬",
      source: "Saxe et al. 2013, arXiv 1312.6120", formula: "W Wᵀ = gain² I", [gain]),
    Component(
      Initializer.identity(), "ones on the diagonal of a matrix; for linear layers",
      korean: "대각선이 1인 행렬 (선형 층용)", formula: "W = gain I",
      [
        Parameter(
          "gain", .number(.any), "the value on the diagonal", korean: "대각선의 값")
      ]),
    Component(
      Initializer.dirac(), "a one at the center of each kernel; for convolutions",
      korean: "커널 가운데가 1 (합성곱용)", source: "Zagoruyko and Komodakis 2017, arXiv 1706.00388",
      [
        Parameter(
          "groups", .integer(from: 1), "parts of the outputs that each get a copy of the inputs",
          korean: "입력을 각각 복사해 받는 출력 묶음의 수")
      ]),
    Component(
      Initializer.sparse(), "normal, with a share of zeros in every column; for linear layers",
      korean: "열마다 일부가 0인 정규 분포 (선형 층용)", source: "Martens 2010",
      [
        Parameter(
          "sparsity", .number(.probability), "the share of zeros in a column",
          korean: "열에서 0의 비율"),
        deviation,
      ]),
  ]

  private static let constantInitializers: [Component] = [
    Component(
      Initializer.constant(value: 0),
      "one number everywhere; on hidden weights it keeps units alike",
      korean: "모두 같은 수; 은닉 가중치에 쓰면 유닛들이 똑같이 학습됨",
      [Parameter("value", .number(.any), "the number", korean: "값", isRequired: true)]),
    Component(
      Initializer.zeros, "0 everywhere; on hidden weights it keeps units alike",
      korean: "모두 0; 은닉 가중치에 쓰면 유닛들이 똑같이 학습됨"),
    Component(
      Initializer.ones, "1 everywhere; on hidden weights it keeps units alike",
      korean: "모두 1; 은닉 가중치에 쓰면 유닛들이 똑같이 학습됨"),
  ]
}

extension LibraryOnly {
  /// What sets first values from data: keys of `model`, no initializers of a layer.
  static let initializers: [LibraryOnly] = [
    LibraryOnly(
      name: "lsuv",
      summary: Localized(
        "orthogonal weights, or those of model.initializer, scaled by a batch until each layer "
          + "gives a variance of one",
        korean: "층마다 출력의 분산이 1이 되도록 배치로 맞춘 직교 가중치 (또는 model.initializer의 가중치)"),
      source: "Mishkin and Matas 2015, arXiv 1511.06422",
      reason: Localized(
        "lsuv concerns the whole model. Write lsuv: true under model.",
        korean: "lsuv는 모델 전체에 적용됩니다. model 아래에 lsuv: true라고 쓰십시오.")),
    LibraryOnly(
      name: "prior",
      summary: Localized(
        "the last bias at the logarithms of the classes' frequencies, or the targets' mean",
        korean: "마지막 편향을 클래스 빈도의 로그 또는 목푯값의 평균으로 시작"),
      source: "Karpathy 2019",
      reason: Localized(
        "prior concerns the last bias. Write outputBias: prior under model.",
        korean: "prior는 마지막 편향에 적용됩니다. model 아래에 outputBias: prior라고 쓰십시오.")),
  ]
}
