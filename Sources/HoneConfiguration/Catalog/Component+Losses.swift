import HoneRecords
import HoneText

extension Component {
  static let losses: [Component] = [automaticLoss] + classLosses + binaryLosses + numberLosses

  private static let automaticLoss = Component(
    LossConfiguration.auto,
    "the task's usual loss: cross-entropy for classes, mean squared error for numbers",
    korean: "과제의 기본 손실: 분류는 교차 엔트로피, 회귀는 평균 제곱 오차")

  private static let labelSmoothing = Parameter(
    "labelSmoothing", .number(.probability),
    "the share of a label that is spread over all classes (arXiv 1512.00567)",
    korean: "모든 클래스에 나누어 줄 레이블의 비율 (arXiv 1512.00567)")
  private static let classWeights = Parameter(
    "classWeights", .optional(.list(.number(.nonNegative), 2...Int.max)),
    "what each class's loss is multiplied by, in the order of the classes; null for 1",
    korean: "클래스 순서대로 손실에 곱하는 수; null이면 1")
  private static let ignoreIndex = Parameter(
    "ignoreIndex", .integer(Int.min...Int.max), "the class, counted from 0, that takes no part",
    korean: "손실에서 제외할 클래스 번호 (0부터)")
  private static let gamma = Parameter(
    "gamma", .number(.nonNegative), "how little easy samples count; 0 for all alike",
    korean: "쉬운 샘플의 비중을 줄이는 정도; 0이면 모두 같음")
  private static let full = Parameter(
    "full", .flag, "whether terms that no output changes are added",
    korean: "출력과 무관한 항도 더할지 여부")

  private static func weightless(_ values: ParameterValues) -> Localized? {
    guard case .list(let weights)? = values["classWeights"],
      weights.allSatisfy({ $0 == .number(0) || $0 == .integer(0) })
    else { return nil }
    return Localized(
      "one of the class weights must be above 0.", korean: "클래스 가중치 가운데 하나는 0보다 커야 합니다.")
  }

  private static let classLosses: [Component] = [
    Component(
      LossConfiguration.crossEntropy(), "softmax cross-entropy on logits",
      korean: "로짓에 대한 소프트맥스 교차 엔트로피", source: "Good 1952",
      formula: "-Σ t log softmax(x); the mean is Σ w loss / Σ w",
      [labelSmoothing, classWeights, ignoreIndex], conflict: weightless),
    Component(
      LossConfiguration.focal(), "cross-entropy in which what is answered well counts little",
      korean: "이미 잘 맞히는 샘플의 비중을 줄인 교차 엔트로피", source: "Lin et al. 2017, arXiv 1708.02002",
      formula: "-w (1 - p)^gamma log p", [gamma, classWeights, ignoreIndex],
      conflict: weightless),
    Component(
      LossConfiguration.klDivergence(),
      "the divergence of the labels' distribution from the model's, on logits",
      korean: "레이블 분포와 모델 분포의 차이 (로짓에 대해)", source: "Kullback and Leibler 1951",
      formula: "Σ t (log t - log softmax(x))", aliases: ["kl": [:]], [labelSmoothing]),
    Component(
      LossConfiguration.multiMargin(),
      "the hinge loss of several classes; its scores are no probabilities",
      korean: "여러 클래스의 힌지 손실; 점수는 확률이 아님", source: "Crammer and Singer 2001",
      formula: "Σ w max(0, margin - x[y] + x[i])^power / classes over i ≠ y",
      [
        Parameter(
          "margin", .number(.any), "by how much the right score shall exceed the others",
          korean: "정답 점수가 다른 점수보다 커야 하는 폭"),
        Parameter("power", .integer(1...2), "1, or 2 for squares", korean: "1 또는 제곱이면 2"),
        classWeights,
      ], conflict: weightless),
    Component(
      LossConfiguration.crossEntropyOnProbabilities(),
      "cross-entropy for a model that ends in a softmax, as Keras computes it",
      korean: "소프트맥스로 끝나는 모델의 교차 엔트로피 (Keras 방식)", source: "Keras",
      formula: "-Σ t log clip(p / Σ p, 1e-7, 1 - 1e-7)", [labelSmoothing, classWeights],
      conflict: weightless),
  ]

  private static let binaryLosses: [Component] = [
    Component(
      LossConfiguration.binaryCrossEntropy(),
      "sigmoid cross-entropy on one logit, for two classes",
      korean: "두 클래스를 로짓 하나로 나누는 시그모이드 교차 엔트로피",
      formula: "-(w t log σ(x) + (1 - t) log(1 - σ(x)))",
      aliases: ["bceWithLogits": [:], "binaryCrossEntropyWithLogits": [:]],
      [
        Parameter(
          "positiveWeight", .optional(.number(.positive)),
          "what the loss of the second class is multiplied by; null for 1",
          korean: "두 번째 클래스의 손실에 곱하는 수; null이면 1"),
        Parameter(
          "labelSmoothing", .number(.probability),
          "by how much labels move towards one half, as in Keras",
          korean: "레이블을 0.5 쪽으로 옮기는 정도 (Keras 방식)"),
      ]),
    Component(
      LossConfiguration.binaryFocal(),
      "sigmoid cross-entropy in which what is answered well counts little, for two classes",
      korean: "이미 잘 맞히는 샘플의 비중을 줄인 시그모이드 교차 엔트로피 (두 클래스)",
      source: "Lin et al. 2017, arXiv 1708.02002", formula: "-alpha (1 - p)^gamma log p",
      [
        gamma,
        Parameter(
          "alpha", .optional(.number(.share)),
          "the weight of the second class, the first's is 1 - alpha; null for 1 each",
          korean: "두 번째 클래스의 가중치, 첫째는 1 - alpha; null이면 모두 1"),
      ]),
    Component(
      LossConfiguration.binaryCrossEntropyOnProbabilities(),
      "cross-entropy for a model that ends in a sigmoid, as Keras computes it, for two classes",
      korean: "시그모이드로 끝나는 모델의 교차 엔트로피 (Keras 방식, 두 클래스)", source: "Keras",
      formula: "-(t log p + (1 - t) log(1 - p)), p clipped to 1e-7…1 - 1e-7",
      [
        Parameter(
          "labelSmoothing", .number(.probability), "by how much labels move towards one half",
          korean: "레이블을 0.5 쪽으로 옮기는 정도")
      ]),
    Component(
      LossConfiguration.hinge,
      "the loss of support vector machines, for two classes; its scores are no probabilities",
      korean: "서포트 벡터 머신의 손실 (두 클래스); 점수는 확률이 아님", source: "Cortes and Vapnik 1995",
      formula: "max(0, 1 - y x), y = ±1"),
    Component(
      LossConfiguration.squaredHinge, "the square of the hinge loss, for two classes",
      korean: "힌지 손실의 제곱 (두 클래스)", source: "Cortes and Vapnik 1995",
      formula: "max(0, 1 - y x)²"),
  ]

  private static let numberLosses: [Component] = [
    Component(
      LossConfiguration.meanSquaredError, "the mean of squared differences", korean: "차이의 제곱 평균",
      formula: "(x - t)²", aliases: ["mse": [:]]),
    Component(
      LossConfiguration.meanAbsoluteError, "the mean of absolute differences",
      korean: "차이의 절댓값 평균", formula: "|x - t|", aliases: ["mae": [:]]),
    Component(
      LossConfiguration.huber(), "squared near zero, absolute far from it",
      korean: "작은 차이는 제곱, 큰 차이는 절댓값", source: "Huber 1964",
      formula: "d² / 2 where |d| ≤ delta, else delta (|d| - delta / 2)",
      [
        Parameter(
          "delta", .number(.positive), "where the square ends", korean: "제곱에서 절댓값으로 바뀌는 점")
      ]),
    Component(
      LossConfiguration.smoothL1(), "Huber's loss divided by its bound",
      korean: "경계값으로 나눈 후버 손실", source: "Girshick 2015, arXiv 1504.08083",
      formula: "d² / (2 beta) where |d| < beta, else |d| - beta / 2",
      [
        Parameter(
          "beta", .number(.positive), "where the square ends", korean: "제곱에서 절댓값으로 바뀌는 점")
      ]),
    Component(
      LossConfiguration.quantile(), "the pinball loss, least at a quantile of the targets",
      korean: "목푯값의 분위수에서 가장 작은 핀볼 손실", source: "Koenker and Bassett 1978",
      formula: "max(q d, (q - 1) d), d = t - x",
      [
        Parameter(
          "quantile",
          .number(NumberRange(lower: 0, includesLower: false, upper: 1, includesUpper: false)),
          "the share of targets below the answer", korean: "예측값보다 작은 목푯값의 비율")
      ]),
    Component(
      LossConfiguration.poissonNLL(), "the likelihood of counts under a Poisson distribution",
      korean: "포아송 분포에서 본 횟수의 가능도",
      formula: "e^x - t x; x - t log(x + epsilon) for rates themselves",
      [
        Parameter(
          "logarithmic", .flag, "whether the model gives the logarithms of rates",
          korean: "모델이 비율의 로그를 출력하는지 여부"),
        full,
        Parameter(
          "epsilon", .number(.positive), "what keeps the logarithm of a rate of zero finite",
          korean: "비율이 0일 때 로그를 유한하게 하는 수"),
      ]),
    Component(
      LossConfiguration.gaussianNLL(),
      "the likelihood under a normal distribution; the model gives a mean and the logarithm of a "
        + "variance",
      korean: "정규 분포의 가능도; 모델은 평균과 분산의 로그를 출력", source: "Nix and Weigend 1994",
      formula: "(log v + (x - t)² / v) / 2",
      [
        full,
        Parameter(
          "epsilon", .number(.positive), "the smallest variance that counts", korean: "분산의 하한"),
      ]),
  ]
}
