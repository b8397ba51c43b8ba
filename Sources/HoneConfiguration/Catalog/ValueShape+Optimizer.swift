extension ValueShape {
  /// A method with its parameters and what goes beside any method.
  static let optimizer = ValueShape.tagged(
    TaggedShape(
      .optimizers, key: "kind", usual: OptimizerConfiguration().method, payload: "method",
      common: .of(OptimizerConfiguration(), besideOptimizers)))

  private typealias Optimizer = OptimizerConfiguration

  private static let besideOptimizers: [Parameter] = [
    Parameter(
      "excludeNormsAndBiases", .flag, "whether norms and biases keep clear of weight decay",
      korean: "정규화 층과 편향을 가중치 감쇠에서 뺄지 여부"),
    Parameter(
      "layerDecay", .number(.factor), "what each layer's learning rate is of the next one's",
      korean: "다음 층의 학습률에 대한 각 층 학습률의 비율"),
    Parameter(
      "groups", .list(parameterGroup), "parameters by name that are treated differently",
      korean: "이름으로 골라 다르게 다룰 매개변수"),
    Parameter(
      "sam", .optional(sharpnessAwareness),
      "sharpness-aware minimisation around the method (arXiv 2010.01412); null for none",
      korean: "날카로움을 고려한 최소화 (arXiv 2010.01412); null이면 없음"),
    Parameter(
      "lookahead", .optional(lookahead),
      "slow weights around the method (arXiv 1907.08610); null for none",
      korean: "느린 가중치를 함께 두는 방법 (arXiv 1907.08610); null이면 없음"),
  ]

  private static let parameterGroup = ValueShape.object(
    Optimizer.Group(match: ""),
    [
      Parameter(
        "match", .text, "the names that are meant; * stands for any characters",
        korean: "매개변수 이름; *는 아무 문자열", isRequired: true),
      Parameter(
        "learningRateScale", .number(.nonNegative), "what the learning rate is multiplied by",
        korean: "학습률에 곱하는 수"),
      Parameter(
        "weightDecay", .optional(.number(.nonNegative)),
        "the strength of weight decay; null for the method's", korean: "가중치 감쇠의 세기; null이면 방법의 값"),
    ])

  private static let sharpnessAwareness = ValueShape.object(
    Optimizer.SharpnessAwareness(),
    [
      Parameter("rho", .number(.positive), "the radius", korean: "이웃의 반지름"),
      Parameter(
        "adaptive", .flag, "whether the radius stretches with each weight's size",
        korean: "가중치의 크기에 맞춰 반지름을 늘릴지 여부"),
    ])

  private static let lookahead = ValueShape.object(
    Optimizer.Lookahead(),
    [
      Parameter(
        "k", .integer(from: 1), "steps between two meetings with the slow weights",
        korean: "느린 가중치와 만나는 사이의 스텝 수"),
      Parameter(
        "alpha", .number(.factor), "the share of the way that the slow weights go",
        korean: "느린 가중치가 나아가는 비율"),
    ])
}
