extension Component {
  private static let learningRate = Parameter(
    "learningRate", .number(.positive), "the learning rate before any schedule",
    korean: "일정을 적용하기 전의 학습률")
  private static let betas = Parameter(
    "betas", .list(.number(.probability), 2...2), "decay of the first and second moments",
    korean: "1차, 2차 모멘트의 감쇠율")
  private static let epsilon = Parameter(
    "epsilon", .number(.positive), "added to the denominator", korean: "분모에 더하는 작은 수")
  private static func weightDecay(_ english: String, _ korean: String) -> Parameter {
    Parameter("weightDecay", .number(.nonNegative), english, korean: korean)
  }

  static let optimizers: [Component] = [
    Component(
      OptimizerConfiguration.sgd(), "stochastic gradient descent with momentum",
      korean: "모멘텀을 쓰는 확률적 경사 하강법", source: "Sutskever et al. 2013",
      [
        learningRate,
        Parameter("momentum", .number(.probability), "decay of the velocity", korean: "속도의 감쇠율"),
        Parameter(
          "nesterov", .flag, "whether the gradient is taken ahead", korean: "네스테로프 모멘텀 사용 여부"),
        weightDecay("added to the gradient times the weight", "가중치에 곱해 기울기에 더하는 수"),
      ]),
    Component(
      OptimizerConfiguration.adam(), "Adam", korean: "Adam",
      source: "Kingma and Ba 2014, arXiv 1412.6980",
      [
        learningRate, betas, epsilon,
        weightDecay("added to the gradient times the weight", "가중치에 곱해 기울기에 더하는 수"),
      ]),
    Component(
      OptimizerConfiguration.adamW(), "Adam with decoupled weight decay",
      korean: "가중치 감쇠를 분리한 Adam", source: "Loshchilov and Hutter 2017, arXiv 1711.05101",
      [
        learningRate, betas, epsilon,
        weightDecay(
          "the share of a weight that the learning rate takes off", "학습률에 곱해 가중치에서 덜어내는 비율"),
        Parameter(
          "excludeNormsAndBiases", .flag, "whether norms and biases keep clear of the decay",
          korean: "정규화 층과 편향을 감쇠에서 뺄지 여부"),
      ]),
  ]
}
