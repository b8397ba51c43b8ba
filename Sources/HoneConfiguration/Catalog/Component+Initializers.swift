extension Component {
  private typealias Initializer = InitializerSpecification

  private static let mode = Parameter(
    "mode", .choice(Initializer.Fan.allCases.map(\.rawValue)),
    "the side of the layer that keeps its variance", korean: "분산을 유지할 쪽")
  private static let gain = Parameter(
    "gain", .number(.positive), "a factor of the standard deviation", korean: "표준편차에 곱하는 수")
  private static let mean = Parameter("mean", .number(.any), "the mean", korean: "평균")
  private static let deviation = Parameter(
    "std", .number(.positive), "the standard deviation", korean: "표준편차")

  static let initializers: [Component] = [
    Component(
      Initializer.kaimingNormal(), "normal, variance for ReLU", korean: "ReLU에 맞춘 정규 분포 (He)",
      source: "He et al. 2015, arXiv 1502.01852", [mode]),
    Component(
      Initializer.kaimingUniform(), "uniform, variance for ReLU", korean: "ReLU에 맞춘 균등 분포 (He)",
      source: "He et al. 2015, arXiv 1502.01852", [mode]),
    Component(
      Initializer.xavierNormal(), "normal, variance for symmetric activations",
      korean: "대칭 활성화 함수에 맞춘 정규 분포 (Xavier)", source: "Glorot and Bengio 2010", [gain]),
    Component(
      Initializer.xavierUniform(), "uniform, variance for symmetric activations",
      korean: "대칭 활성화 함수에 맞춘 균등 분포 (Xavier)", source: "Glorot and Bengio 2010", [gain]),
    Component(
      Initializer.lecunNormal, "normal with variance 1/inputs", korean: "분산이 1/입력 수인 정규 분포",
      source: "LeCun et al. 1998"),
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
    Component(
      Initializer.orthogonal(), "orthogonal rows", korean: "직교 행렬",
      source: "Saxe et al. 2013, arXiv 1312.6120", [gain]),
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
